import {spawn} from 'node:child_process';
import {mkdtempSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {program} from '../../scripts/build/program.ts';

/** How a program ended, and what it wrote. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A packaged Handrail: the file that HANDRAIL_BIN names, such as an executable, or one made for the test. */
export interface Program {
  /** Runs it to its end; `env` is all that it knows of the environment, besides a home of its own. */
  run(args: readonly string[], env?: NodeJS.ProcessEnv): Promise<Ended>;
  readonly home: string;
}

export async function packagedProgram(): Promise<Program> {
  const home = mkdtempSync(join(tmpdir(), 'handrail-package-'));
  const given = process.env['HANDRAIL_BIN'];
  if (given === undefined) await program('source/cli.ts', home);
  const command = commandOf(given === undefined ? join(home, 'handrail.cjs') : resolve(given));
  return {
    home,
    run: (args, env = {}) => ended([...command, ...args], {HOME: home, PATH: '/usr/bin:/bin', ...env}, home),
  };
}

function commandOf(file: string): readonly string[] {
  return /\.[cm]?js$/.test(file) ? [process.execPath, file] : [file];
}

function ended(command: readonly string[], env: NodeJS.ProcessEnv, cwd: string): Promise<Ended> {
  const [file = '', ...args] = command;
  const child = spawn(file, args, {env, cwd, stdio: ['ignore', 'pipe', 'pipe']});
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  return new Promise((settle, reject) => {
    child.once('error', reject);
    child.once('close', (code) => settle({code, out, err}));
  });
}
