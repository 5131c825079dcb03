import {fork} from 'node:child_process';
import {join} from 'node:path';

/** A request as the simulator saw it. */
export interface Request {
  readonly service: string;
  readonly region: string;
  readonly operation: string;
  /** The HTTP status. */
  readonly status: number;
  readonly throttled: boolean;
}

interface SimulatorReport {
  readonly requests: readonly Request[];
  /** The removal has succeeded: whoever says so without this is not measured. */
  readonly roleIsGone: boolean;
}

export interface RunningSimulator {
  readonly endpoint: string;
  report(): Promise<SimulatorReport>;
  stop(): void;
}

/** Starts a new simulator for one run: a removal uses an account up. */
export async function simulate(scenario: string): Promise<RunningSimulator> {
  const child = fork(join(import.meta.dirname, 'simulator-process.ts'), [scenario], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const next = <T>(): Promise<T> =>
    new Promise((resolve, reject) => {
      child.once('message', (message) => resolve(message as T));
      child.once('exit', () => reject(new Error('the simulator ended')));
    });
  const {endpoint} = await next<{endpoint: string}>();
  return {
    endpoint,
    report: async () => {
      const answer = next<SimulatorReport>();
      child.send('report');
      return answer;
    },
    stop: () => child.disconnect(),
  };
}
