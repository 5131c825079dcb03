import {parseArgs} from 'node:util';
import type {Arguments, Command, CommandEntry} from './command.ts';
import {exitCodes} from './exit-codes.ts';
import {parsedBy} from './option.ts';
import {version} from '../version.ts';
import {UsageError} from './usage-error.ts';

/** Finds the command, reads its arguments and runs it. Returns the exit code; expected failures are said in a line. */
export async function dispatch(entries: readonly CommandEntry[], argv: readonly string[]): Promise<number> {
  const [name, ...rest] = argv;
  if (name === 'help' && rest[0] !== undefined) return dispatch(entries, [rest[0], '--help']);
  if (name === undefined || name === '--help' || name === 'help' || name === '-h') {
    const {generalHelp} = await import('./help-text.ts');
    process.stdout.write(generalHelp(await Promise.all(entries.map((entry) => entry.load()))));
    return name === undefined ? exitCodes.usage : exitCodes.done;
  }
  if (name === '--version') {
    const verbose = rest.includes('--verbose');
    process.stdout.write(verbose ? await (await import('./build-text.ts')).buildText() : `${version()}\n`);
    return exitCodes.done;
  }
  try {
    const entry = entries.find((one) => one.name === name);
    if (entry === undefined) throw await unknownCommand(name, entries);
    const command = await entry.load();
    if (rest.includes('--help') || rest.includes('-h')) {
      const {commandHelp} = await import('./help-text.ts');
      const named = rest.find((word) => !word.startsWith('-'));
      const about = named === undefined ? '' : ((await command.about?.(named)) ?? '');
      process.stdout.write(`${commandHelp(command)}${about === '' ? '' : `\n${about}`}`);
      return exitCodes.done;
    }
    const [args, given] = await readArguments(command, rest);
    return await logged(command.name, given, () => command.run(args));
  } catch (error) {
    // Loaded when there is an error: the kinds are those of the journal and the runbooks, and a start waits for neither.
    const {sayExpected} = await import('./report-error.ts');
    return sayExpected(error);
  }
}

async function unknownCommand(name: string, entries: readonly CommandEntry[]): Promise<UsageError> {
  const {nameHint} = await import('./known-name.ts');
  const names = entries.map((entry) => entry.name);
  return new UsageError(`there is no command ${name}; ${nameHint(name, names)}`);
}

/** Runs a command with the log that is wanted, if any, and says at the end where `--debug` put it. */
async function logged(
  command: string,
  options: readonly string[],
  run: () => Promise<number>,
): Promise<number> {
  if (!options.includes('debug') && !process.env['HANDRAIL_LOG']) return run();
  const [{startLog}, {log}] = await Promise.all([import('./log/start-log.ts'), import('../log/log.ts')]);
  const file = startLog(command, options, process.env);
  try {
    const code = await run();
    log('ended', {code});
    return code;
  } catch (error) {
    log('ended', {error: error instanceof Error ? error.name : 'unknown'});
    throw error;
  } finally {
    if (file !== undefined) process.stderr.write(`handrail: the log is in ${file}\n`);
  }
}

/** Returns what was typed, and the names of the options. */
async function readArguments(
  command: Command,
  args: readonly string[],
): Promise<readonly [Arguments, readonly string[]]> {
  const {values, positionals} = await parsed(command, args);
  const at = (name: string): unknown => (values as Readonly<Record<string, unknown>>)[name];
  const read: Arguments = {
    positionals,
    flag: (name) => at(name) === true,
    text: (name) => at(name) as string | undefined,
    texts: (name) => (at(name) ?? []) as readonly string[],
  };
  return [read, Object.keys(values)];
}

async function parsed(command: Command, args: readonly string[]): Promise<ReturnType<typeof parseArgs>> {
  try {
    return parseArgs({
      args: [...args],
      options: parsedBy([...command.options, {name: 'debug', help: ''}]),
      allowPositionals: true,
      strict: true,
    });
  } catch (error) {
    const reason = await parseErrorText(error, command);
    throw new UsageError(
      `${reason}${reason.endsWith('?') ? ' ' : '; '}handrail ${command.name} --help shows the options`,
    );
  }
}

/** Says what parseArgs found wrong. Its own sentences name no option that was meant. */
async function parseErrorText(error: unknown, {name, options}: Command): Promise<string> {
  const said = (error instanceof Error ? error.message : String(error)).split(/\.\s/)[0] ?? '';
  const unknown = /^Unknown option '(-[^']*)'/.exec(said)?.[1];
  if (unknown === undefined) return said;
  const {closestName} = await import('../text/closest-name.ts');
  const names = [...options.map((option) => `--${option.name}`), '--debug', '--help'];
  const meant = closestName(unknown, names);
  const hint = meant === undefined ? '' : `; did you mean ${meant}?`;
  return `${name} has no option ${unknown}${hint}`;
}
