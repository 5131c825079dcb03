import {once} from 'node:events';
import {createServer, type Http2Server, type ServerHttp2Session} from 'node:http2';
import type {AddressInfo} from 'node:net';
import {EngineClient} from '../engine-client.ts';
import {KeptRuns} from '../kept-runs.ts';
import {WorkerCalls} from '../worker-calls.ts';
import type {HostWorker} from '../worker.ts';
import {accountsObject} from './accounts-object.ts';
import {callsService} from './calls-service.ts';
import {runObject, runsObject} from './run-object.ts';
import type {Sdk} from './sdk.ts';

/** Where a worker listens for its engine, and where the engine's ingress is. */
export interface ServeOptions {
  readonly host: string;
  readonly port: number;
  readonly engine: string;
  /** Receives a line about trouble that the engine makes the worker try again. */
  readonly trouble: (line: string) => void;
}

/** A worker that an engine can call. */
export interface ServedWorker {
  readonly port: number;
  /** Takes nothing more. Resolves when the handlers and calls under way have ended. */
  close(): Promise<void>;
}

/** Serves a worker. Throws the system's error where it cannot listen. */
export async function serve(sdk: Sdk, worker: HostWorker, options: ServeOptions): Promise<ServedWorker> {
  const server: Http2Server = createServer(endpoint(sdk, worker, options));
  const connections = new Set<ServerHttp2Session>();
  server.on('session', (connection: ServerHttp2Session) => {
    connections.add(connection);
    connection.once('close', () => connections.delete(connection));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      const closed = [...connections].map((connection) => once(connection, 'close'));
      server.close();
      for (const connection of connections) connection.close();
      await Promise.all(closed);
    },
  };
}

/** Returns the handler of an engine's requests, with runs of its own in memory. */
export function endpoint(
  sdk: Sdk,
  worker: HostWorker,
  {engine, trouble}: Pick<ServeOptions, 'engine' | 'trouble'>,
): ReturnType<Sdk['createEndpointHandler']> {
  const kept = new KeptRuns(worker, new EngineClient(engine));
  return sdk.createEndpointHandler({
    services: [
      runObject(sdk, worker, kept),
      callsService(sdk, new WorkerCalls(worker, kept), kept),
      runsObject(sdk),
      accountsObject(sdk),
    ],
    logger: ({level}, ...parts: readonly unknown[]) => {
      if (level !== 'warn' && level !== 'error') return;
      const [line = ''] = parts
        .map(textOf)
        .join(' ')
        .split(/\s*(?:Stacktrace|Related command):/);
      // docs/hosting.md says who may reach a worker.
      if (!line.startsWith('Accepting requests without')) trouble(line);
    },
  });
}

function textOf(part: unknown): string {
  return part instanceof Error ? part.message : String(part);
}
