import {spawn} from 'node:child_process';
import {mkdtempSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {wholeProgram} from '../support/whole-program.ts';

/** How a program ended, and what it wrote. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Handrail as a process, far from its source. */
export interface Program {
  /**
   * Runs it to its end; `env` is all that it knows of the environment, besides a home of its own, where it also is
   * started unless `cwd` says otherwise.
   */
  run(args: readonly string[], env?: NodeJS.ProcessEnv, cwd?: string): Promise<Ended>;
  readonly home: string;
}

export function packagedProgram(): Program {
  const home = mkdtempSync(join(tmpdir(), 'handrail-package-'));
  return {
    home,
    run: (args, env = {}, cwd = home) =>
      ended([...wholeProgram, ...args], {HOME: home, PATH: '/usr/bin:/bin', ...env}, cwd),
  };
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
