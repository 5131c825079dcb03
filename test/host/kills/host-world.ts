import {spawn, type ChildProcess} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {freePort} from '../../support/free-port.ts';
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
