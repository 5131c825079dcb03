import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {join} from 'node:path';
import {untilSaid} from './until-said.ts';
import {wholeProgram} from './whole-program.ts';

/** The folder that has the engine's SDK: a bundle is tested far from it. */
const packages = join(import.meta.dirname, '../../node_modules');

/** A worker of a durable engine, as a process. */
export interface WorkerProcess {
  readonly url: string;
  readonly pid: number;
  kill(): void;
  /** Asks it to stop. Returns its exit code. */
  stopped(): Promise<number>;
}

/** Starts `handrail host` on a port (0: a free one), with these variables besides the path. */
export async function startWorker(
  engine: string,
  port: number,
  env: Readonly<Record<string, string>>,
): Promise<WorkerProcess> {
  const [program, ...args] = wholeProgram;
  const child = spawn(program, [...args, 'host', '--engine', engine, '--listen', `127.0.0.1:${port}`], {
    env: {PATH: process.env['PATH'], NODE_PATH: packages, ...env},
    stdio: 'pipe',
  });
  const place = await untilSaid(child, (said) => /listens on (127\.0\.0\.1:\d+)/.exec(said)?.[1]);
  return {
    url: `http://${place}`,
    pid: child.pid ?? 0,
    kill: () => void child.kill('SIGKILL'),
    stopped: async () => {
      child.kill('SIGTERM');
      const [code] = (await once(child, 'exit')) as [number];
      return code;
    },
  };
}
