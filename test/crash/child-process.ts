import {spawn, type ChildProcess} from 'node:child_process';
import {text} from 'node:stream/consumers';
import {givenProgram} from '../support/whole-program.ts';
import type {ChildOrder} from './child-order.ts';
import {killFromOutside, toldAs} from './given-child.ts';

/** How a child ended: with an exit code, or killed. */
export interface ChildEnd {
  readonly code: number | null;
  readonly killed: boolean;
  /** What it wrote. */
  readonly said: string;
}

export interface Child {
  readonly process: ChildProcess;
  readonly ended: Promise<ChildEnd>;
  /** SIGKILL; resolves when the process is gone. */
  kill(): Promise<ChildEnd>;
}

/**
 * Starts the bundled child, or the program that HANDRAIL_PROGRAM names in its place; `wrap` is a command line to start it
 * with, such as one that sets limits.
 */
export function startChild(bundle: string, order: ChildOrder, wrap: readonly string[] = []): Child {
  const {args: told, env} = givenProgram === undefined ? bundled(bundle, order) : toldAs(order);
  const [command = '', ...args] = [...wrap, ...(givenProgram ?? [process.execPath]), ...told];
  const started = spawn(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {PATH: process.env['PATH'], ...env},
  });
  if (givenProgram !== undefined) killFromOutside(started, order);
  const said = Promise.all([text(started.stdout), text(started.stderr)]);
  const ended = new Promise<ChildEnd>((resolve, reject) => {
    started.once('error', reject);
    started.once('close', (code, signal) => {
      void said.then(([out, err]) => resolve({code, killed: signal === 'SIGKILL', said: out + err}));
    });
  });
  return {
    process: started,
    ended,
    kill: () => {
      started.kill('SIGKILL');
      return ended;
    },
  };
}

function bundled(bundle: string, order: ChildOrder): ReturnType<typeof toldAs> {
  return {
    args: ['--enable-source-maps', bundle, JSON.stringify(order)],
    env: {NODE_COMPILE_CACHE: `${bundle}.cache`},
  };
}
