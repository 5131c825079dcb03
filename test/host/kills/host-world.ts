import {spawn, type ChildProcess} from 'node:child_process';
import {randomInt} from 'node:crypto';
import {mkdtempSync, rmSync} from 'node:fs';
import {createServer} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {untilSaid} from '../../support/until-said.ts';
import {EngineServer} from '../../support/engine-server.ts';
import {bundleChild, removeChild} from '../../crash/bundle.ts';
import type {WorkerOrder} from './worker-order.ts';

/** An engine that outlives its workers, and the port that they listen on, one after the other. */
export interface HostWorld {
  readonly server: EngineServer;
  readonly folder: string;
  readonly port: number;
  /** Starts a worker. Resolves when it listens. */
  start(order: Omit<WorkerOrder, 'engine' | 'port'>, port?: number): Promise<ChildProcess>;
  close(): void;
}

export async function openHostWorld(): Promise<HostWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'handrail-host-'));
  const [bundle, port] = await Promise.all([bundleChild('../host/kills/worker.ts'), freePort()]);
  const server = await EngineServer.start(join(folder, 'engine'));
  return {
    server,
    folder,
    port,
    start: async (order, own = port) => {
      const whole: WorkerOrder = {...order, engine: server.ingress, port: own};
      const worker = spawn(
        process.execPath,
        ['--enable-source-maps', '--no-warnings', bundle, JSON.stringify(whole)],
        {stdio: 'pipe', env: {PATH: process.env['PATH'], NODE_COMPILE_CACHE: `${bundle}.cache`}},
      );
      await untilSaid(worker, (said) => said.includes('A worker listens') || undefined);
      return worker;
    },
    close: () => {
      server.kill();
      rmSync(folder, {recursive: true, force: true});
      removeChild(bundle);
    },
  };
}

/** Ports that this process was told to be free. */
const given = new Set<number>();

/**
 * A port that nobody listens on now. It is below those that systems give to connections and to servers that ask for any
 * port, so it stays free while one who listens there is dead.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 32_000);
    if (given.has(port)) continue;
    given.add(port);
    const server = createServer();
    const isFree = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false));
      server.listen(port, '127.0.0.1', () => resolve(true));
    });
    if (!isFree) continue;
    await new Promise((resolve) => server.close(resolve));
    return port;
  }
}
