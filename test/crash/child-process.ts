import {spawn, type ChildProcess} from 'node:child_process';
import {text} from 'node:stream/consumers';
import type {ChildOrder} from './child-order.ts';

/** How a child ended: with an exit code, or killed. */
export interface ChildEnd {
  readonly code: number | null;
  readonly killed: boolean;
  readonly stderr: string;
}

export interface Child {
  readonly process: ChildProcess;
  readonly ended: Promise<ChildEnd>;
  /** SIGKILL; resolves when the process is gone. */
  kill(): Promise<ChildEnd>;
}

/** Starts the bundled child; `wrap` is a command line to start it with, such as one that sets limits. */
export function startChild(bundle: string, order: ChildOrder, wrap: readonly string[] = []): Child {
  const [command = '', ...args] = [
    ...wrap,
    process.execPath,
    '--enable-source-maps',
    bundle,
    JSON.stringify(order),
  ];
  const started = spawn(command, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {PATH: process.env['PATH'], NODE_COMPILE_CACHE: `${bundle}.cache`},
  });
  const stderr = text(started.stderr);
  const ended = new Promise<ChildEnd>((resolve, reject) => {
    started.once('error', reject);
    started.once('close', (code, signal) => {
      void stderr.then((said) => resolve({code, killed: signal === 'SIGKILL', stderr: said}));
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
