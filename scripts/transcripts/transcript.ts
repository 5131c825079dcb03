import {spawnSync} from 'node:child_process';
import {copyFileSync, mkdirSync} from 'node:fs';
import {join} from 'node:path';

/** What somebody types on a machine. */
export interface Story {
  readonly title: string;
  readonly about: string;
  /** The PATH of the machine. */
  readonly path: string;
  /** Files in the home by their names there. */
  readonly files?: Readonly<Record<string, string>>;
  readonly commands: readonly string[];
}

/** Longest output that is kept of one command, in lines: a removal prints each look. */
const mostLines = 90;

/** Plays a story in a home that it makes, and returns it as Markdown. Throws where a command fails. */
export function transcriptOf(
  {title, about, path, files = {}, commands}: Story,
  home: string,
  repository: string,
): string {
  mkdirSync(home, {recursive: true});
  for (const [name, file] of Object.entries(files)) copyFileSync(file, join(home, name));
  const env = {HOME: home, PATH: path, LANG: 'C.UTF-8', TERM: 'dumb', REPOSITORY: repository};
  const blocks = commands.map((command) => {
    const began = performance.now();
    const {status, stdout, stderr} = spawnSync('sh', ['-c', `${command} 2>&1`], {
      cwd: home,
      env,
      encoding: 'utf8',
    });
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    if (status !== 0) throw new Error(`${command} ended with ${status}\n${stdout}${stderr}`);
    return `\`\`\`console\n$ ${command}\n${shortened(stdout.replaceAll(home, '~'))}\`\`\`\n\n${seconds} s\n`;
  });
  return [`## ${title}\n`, `${about}\n`, ...blocks].join('\n');
}

function shortened(output: string): string {
  const lines = output.split('\n');
  if (lines.length <= mostLines) return output;
  const half = mostLines / 2;
  const left = lines.length - mostLines;
  return [...lines.slice(0, half), `… ${left} lines are left out here …`, ...lines.slice(-half)].join('\n');
}
