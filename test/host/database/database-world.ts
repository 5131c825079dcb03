import {spawn, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {simulatedCredentials} from '../../../source/runs/simulated-credentials.ts';
import {openGate, type Gate} from '../../crash/gate.ts';
import {PostgresServer} from '../../support/postgres-server.ts';
import {untilSaid} from '../../support/until-said.ts';
import {wholeProgram} from '../../support/whole-program.ts';

/** A database, and two workers of it at any time: one works, one waits. What dies is started again. */
export interface DatabaseWorld {
  readonly server: PostgresServer;
  readonly folder: string;
  /** What the workers take for AWS. */
  readonly gate: Gate;
  /** Workers that died so far. */
  readonly deaths: number;
  /** Called when a worker dies. */
  died: () => void;
  /** Kills the worker that works. */
  kill(): void;
  close(): Promise<void>;
}

const packages = join(import.meta.dirname, '../../../node_modules');

export async function openDatabaseWorld(): Promise<DatabaseWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'handrail-host-'));
  const [server, gate] = await Promise.all([PostgresServer.start(), openGate('')]);
  const ending = new AbortController();
  const start = (): Promise<ChildProcess> => startedWorker(server.url, gate.endpoint, ending.signal);
  // The order in which the database lets them in.
  let workers: readonly ChildProcess[] = [await start(), await start()];
  let deaths = 0;
  const world: DatabaseWorld = {
    server,
    folder,
    gate,
    get deaths() {
      return deaths;
    },
    died: () => {},
    kill: () => void workers.find((worker) => !worker.killed && worker.exitCode === null)?.kill('SIGKILL'),
    close: async () => {
      ending.abort();
      await shifts;
      await gate.close();
      await server.close();
      rmSync(folder, {recursive: true, force: true});
    },
  };
  const shifts = (async () => {
    for (;;) {
      const [first, ...rest] = workers;
      if (first === undefined) return;
      if (first.signalCode === null && first.exitCode === null) await once(first, 'exit');
      if (ending.signal.aborted) return;
      deaths += 1;
      world.died();
      workers = rest;
      try {
        workers = [...rest, await start()];
      } catch (error) {
        if (!ending.signal.aborted) throw error;
        return;
      }
    }
  })();
  return world;
}

/** Starts `handrail host`, again where its database is away. Resolves when it works, or waits for the end of another one. */
async function startedWorker(address: string, aws: string, ending: AbortSignal): Promise<ChildProcess> {
  for (;;) {
    ending.throwIfAborted();
    const [program, ...words] = wholeProgram;
    const worker = spawn(program, [...words, 'host', '--engine', address], {
      env: {
        PATH: process.env['PATH'],
        NODE_PATH: packages,
        AWS_ENDPOINT_URL: aws,
        AWS_REGION: 'us-east-1',
        AWS_ACCESS_KEY_ID: simulatedCredentials.accessKeyId,
        AWS_SECRET_ACCESS_KEY: simulatedCredentials.secretAccessKey,
      },
      stdio: 'pipe',
    });
    ending.addEventListener('abort', () => worker.kill('SIGKILL'));
    let said = '';
    const works = untilSaid(worker, (all) => {
      said = all;
      return /A worker works|This one waits/.test(all) || undefined;
    });
    try {
      await works;
      return worker;
    } catch (error) {
      if (!/no worker for/.test(said)) throw error;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }
}
