import type {Command} from '../../engine/decide/operator-commands.ts';
import type {Event} from '../../engine/model/events.ts';
import type {Answer} from '../../engine/model/ports.ts';
import {isOver} from '../begin.ts';
import {NoEngine, type Engine} from '../engine.ts';
import type {At, History, HostOrder, ListedRun, News} from '../messages.ts';
import {names, serializer, type About, type Batch, type DatabaseSdk, type Dbos, type PgPool} from './sdk.ts';
import {hasWorker} from './sole-worker.ts';

type Client = Awaited<ReturnType<Dbos['DBOSClient']['create']>>;

interface Connection {
  readonly pool: PgPool;
  readonly client: Client;
}

/** Runs in a database of PostgreSQL, whose workers are workflows of DBOS. */
export class DatabaseEngine implements Engine {
  readonly url: string;
  readonly #address: string;
  readonly #sdk: DatabaseSdk;
  #connection: Promise<Connection> | undefined;

  constructor(sdk: DatabaseSdk, address: string) {
    this.#sdk = sdk;
    this.#address = address;
    this.url = withoutPassword(address);
  }

  async submit(run: string, order: HostOrder): Promise<void> {
    await this.#ask(({client}) =>
      client.enqueue(
        {workflowName: names.run, workflowID: run, queueName: names.queue, appVersion: names.version},
        order,
      ),
    );
  }

  async about(run: string): Promise<Omit<History, 'batches'>> {
    return this.#ask(async ({client}) => {
      const about = await aboutOf(client, run);
      if (about === null) return {};
      if ('refused' in about || isOver(about.at)) return about;
      // Its events may be further: they are kept before this is.
      const {at} = await this.#read(client, run, about.at.batches);
      return {at: at ?? about.at};
    });
  }

  async history(run: string, from: number, most?: number): Promise<History> {
    return this.#ask(async ({pool, client}) => {
      const history = await this.#read(client, run, from, most);
      const goesOn = history.at !== undefined && !isOver(history.at);
      // Nothing new is to come, and the operator has to know.
      if (goesOn && !(await hasWorker(pool))) {
        throw new NoEngine(
          `no worker works for the database at ${this.url}: start one with handrail host --engine ${this.url}`,
        );
      }
      return history;
    });
  }

  async answer(run: string, asked: number, answer: Answer): Promise<void> {
    await this.#send(run, {kind: 'answer', asked, answer});
  }

  async command(run: string, command: Command, by: string): Promise<void> {
    await this.#send(run, {kind: 'command', command, by});
  }

  async runs(): Promise<readonly ListedRun[]> {
    return this.#ask(async ({client}) => {
      const runs = await client.listWorkflows({
        workflowName: names.run,
        loadInput: false,
        loadOutput: false,
      });
      const abouts = await Promise.all(runs.map(({workflowID}) => aboutOf(client, workflowID)));
      return abouts.flatMap((about) => (about !== null && 'listed' in about ? [about.listed] : []));
    });
  }

  async close(): Promise<void> {
    const connection = this.#connection;
    this.#connection = undefined;
    await (await connection)?.pool.end();
  }

  async #send(run: string, news: News): Promise<void> {
    await this.#ask(({client}) => client.send(run, news, names.news));
  }

  async #read(client: Client, run: string, from: number, most = Number.POSITIVE_INFINITY): Promise<History> {
    const {DBOSStreamTimeoutError, DBOSNonExistentWorkflowError} = this.#sdk.dbos.Error;
    // The entry before the first one says how far the run is where no other has come.
    const first = Math.max(0, from - 1);
    const batches: (readonly Event[])[] = [];
    let at: At | undefined;
    try {
      let number = first;
      for await (const batch of client.readStream<Batch>(run, names.batches, {
        offset: first,
        timeoutSeconds: 0,
      })) {
        at = batch.at;
        if (number >= from) batches.push(batch.events);
        number += 1;
        if (batches.length >= most) break;
      }
    } catch (error) {
      if (error instanceof DBOSNonExistentWorkflowError) return {batches};
      // This is its way to say that there are no more for now.
      if (!(error instanceof DBOSStreamTimeoutError)) throw error;
    }
    if (at !== undefined) return {at, batches};
    const about = await aboutOf(client, run);
    return {batches, ...(about !== null && 'refused' in about ? about : {})};
  }

  /** Asks the database. Throws {@link NoEngine} where it gives no answer, or has nothing of Handrail. */
  async #ask<T>(request: (connection: Connection) => Promise<T>): Promise<T> {
    const {promise: late, reject} = Promise.withResolvers<never>();
    const timer = setTimeout(() => reject(new Error(`none came within ${patienceMs / 1000} s`)), patienceMs);
    const connection = (this.#connection ??= this.#connect());
    try {
      const answer = (async () => {
        const {pool, client} = await connection;
        // The SDK would try for minutes to reach a database that is away.
        await pool.query('SELECT 1');
        return request({pool, client});
      })();
      return await Promise.race([answer, late]);
    } catch (error) {
      if (error instanceof NoEngine) throw error;
      // What the SDK still tries ends with its connections.
      this.#connection = undefined;
      void connection.then(({pool}) => pool.end()).catch(() => undefined);
      throw this.#noEngine(error);
    } finally {
      clearTimeout(timer);
    }
  }

  #noEngine(error: unknown): NoEngine {
    const {DBOSNonExistentWorkflowError} = this.#sdk.dbos.Error;
    if (error instanceof DBOSNonExistentWorkflowError)
      return new NoEngine(`the database at ${this.url} has no such run`);
    const {code} = error as {readonly code?: unknown};
    // There is no such schema, or no such table.
    if (code === '3F000' || code === '42P01') {
      return new NoEngine(
        `the database at ${this.url} has no worker of Handrail: start one with handrail host --engine ${this.url}`,
      );
    }
    return new NoEngine(`no answer from the database at ${this.url}: ${reasonOf(error)}`);
  }

  async #connect(): Promise<Connection> {
    const {dbos, pg} = this.#sdk;
    const pool = new pg.Pool({
      connectionString: this.#address,
      connectionTimeoutMillis: patienceMs,
      keepAlive: true,
      application_name: 'handrail',
      max: 6,
    });
    // A connection that breaks while nobody asks is no trouble: the next request has another.
    pool.on('error', () => {});
    const client = await dbos.DBOSClient.create({
      systemDatabaseUrl: this.#address,
      systemDatabasePool: pool as never,
      systemDatabaseSchemaName: names.schema,
      applicationName: names.application,
      serializer,
      logger: silent,
    });
    return {pool, client};
  }
}

/** Time after which an answer of the database is given up (ms). */
const patienceMs = 5000;

const silent = {info: () => {}, debug: () => {}, warn: () => {}, error: () => {}};

async function aboutOf(client: Client, run: string): Promise<About | null> {
  return client.getEvent<About>(run, names.about, 0);
}

/** Returns the address of a database, fit to show. Its parameters may be secrets too: all but the one that is none are left out. */
export function withoutPassword(address: string): string {
  const url = new URL(address);
  url.password = '';
  url.hash = '';
  const sslMode = url.searchParams.get('sslmode');
  url.search = sslMode === null ? '' : new URLSearchParams({sslmode: sslMode}).toString();
  return url.href;
}

/** Returns the reason of an error: the first one, where there is one for each of the server's addresses. */
export function reasonOf(error: unknown): string {
  const {message, errors} = error as Partial<AggregateError>;
  const first: unknown = errors?.[0];
  if (message !== undefined && message !== '') return message;
  return first instanceof Error ? first.message : String(error);
}
