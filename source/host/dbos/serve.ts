import {KeptRuns} from '../kept-runs.ts';
import {WorkerCalls} from '../worker-calls.ts';
import type {HostWorker} from '../worker.ts';
import {DatabaseEngine} from './database-engine.ts';
import {registerWorkflows} from './run-workflow.ts';
import {names, serializer, type DatabaseSdk} from './sdk.ts';
import {soleWorker} from './sole-worker.ts';

interface WorkOptions {
  /** The database, with its password. */
  readonly address: string;
  /** Receives a line about trouble that the worker tries again. */
  readonly trouble: (line: string) => void;
  /** Called where another worker lives, from which this one waits to take over. */
  readonly waits: () => void;
}

/** A worker that works for a database. */
export interface DatabaseWorker {
  /** Resolves with the reason when it can work no more. */
  readonly failed: Promise<string>;
}

/** Works for a database. Throws PostgreSQL's error where there is none. */
export async function workFor(
  sdk: DatabaseSdk,
  worker: HostWorker,
  {address, trouble, waits}: WorkOptions,
): Promise<DatabaseWorker> {
  const {DBOS} = sdk.dbos;
  const sole = await soleWorker(sdk.pg, address, waits);
  const {promise: failed, resolve: fail} = Promise.withResolvers<string>();
  const kept = new KeptRuns(worker, new DatabaseEngine(sdk, address));
  registerWorkflows(sdk.dbos, {worker, kept, calls: new WorkerCalls(worker, kept), sole, trouble, fail});
  const sayTrouble = (entry: unknown): void =>
    trouble(entry instanceof Error ? entry.message : String(entry));
  DBOS.setConfig({
    name: names.application,
    systemDatabaseUrl: address,
    systemDatabaseSchemaName: names.schema,
    executorID: names.executor,
    applicationVersion: names.version,
    serializer,
    logger: {info: () => {}, debug: () => {}, warn: sayTrouble, error: sayTrouble},
  });
  await DBOS.launch();
  await DBOS.registerQueue(names.queue, {minPollingIntervalMs: 250});
  const lost = sole.lost.then((reason) => `the connection to the database is lost: ${reason}`);
  return {failed: Promise.race([failed, lost])};
}
