import {mkdirSync} from 'node:fs';
import {join, resolve} from 'node:path';
import {makeJournalFolder} from '../../journal/folder.ts';
import {log, openLog} from '../../log/log.ts';
import {version} from '../../version.ts';
import {UsageError} from '../usage-error.ts';

/** Variables whose values say nothing secret, and much about how a terminal and AWS are met. */
const told = ['TERM', 'COLORTERM', 'TERM_PROGRAM', 'NO_COLOR', 'LANG', 'LC_ALL', 'TMUX', 'INK_SCREEN_READER'];

/** Variables of which only the names are told. */
const named = /^(AWS_|HTTPS?_PROXY$|https?_proxy$|NO_PROXY$|no_proxy$|HANDRAIL_|NODE_|XDG_)/;

/**
 * Begins the log where one is wanted: by `--debug`, or by HANDRAIL_LOG with its file. Returns the file that `--debug`
 * chose. Throws {@link UsageError} when the file cannot be written: before anything else is done.
 */
export function startLog(
  command: string,
  options: readonly string[],
  env: NodeJS.ProcessEnv,
): string | undefined {
  const given = env['HANDRAIL_LOG'] || undefined;
  if (given === undefined && !options.includes('debug')) return undefined;
  const file = given === undefined ? fileFor(env) : resolve(given);
  try {
    openLog(file);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const remedy = given === undefined ? 'name another file with HANDRAIL_LOG' : 'correct HANDRAIL_LOG';
    throw new UsageError(`the log ${file} cannot be written: ${reason}; ${remedy}`);
  }
  const {stdin, stdout, platform, arch, versions} = process;
  const bun = versions['bun'];
  log('started', {
    handrail: version(),
    ...(bun === undefined ? {node: process.version} : {bun}),
    platform: `${platform}-${arch}`,
    pid: process.pid,
    command,
    options: options.join(',') || undefined,
  });
  log('terminal', {
    input: stdin.isTTY ?? false,
    output: stdout.isTTY ?? false,
    columns: stdout.columns,
    rows: stdout.rows,
    ...Object.fromEntries(told.map((name) => [name, env[name]])),
  });
  log('environment', {
    set: Object.keys(env)
      .filter((name) => named.test(name))
      .toSorted()
      .join(','),
  });
  return given === undefined ? file : undefined;
}

/** A file beside the journals. Throws JournalError when their folder cannot be made. */
function fileFor(env: NodeJS.ProcessEnv): string {
  const folder = join(makeJournalFolder(env), 'logs');
  mkdirSync(folder, {mode: 0o700, recursive: true});
  return join(folder, `${new Date().toISOString().replaceAll(':', '')}-${process.pid}.log`);
}
