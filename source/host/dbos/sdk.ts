import type {At, ListedRun, Refusal} from '../messages.ts';
import type {Event} from '../../engine/model/events.ts';

/** The engine's SDK. It is an option of the installation, loaded by the command that needs it. */
export type Dbos = typeof import('@dbos-inc/dbos-sdk');

/** What is used of PostgreSQL's client, which the SDK brings. */
export interface Pg {
  readonly Client: new (options: PgOptions) => PgClient;
  readonly Pool: new (options: PgOptions & {readonly max: number}) => PgPool;
}

interface PgOptions {
  readonly connectionString: string;
  /** ms. */
  readonly connectionTimeoutMillis: number;
  readonly keepAlive: boolean;
  readonly application_name: string;
}

/** Ways to ask a database. */
export interface Queries {
  query<Row>(
    text: string,
    values?: readonly (string | number | boolean)[],
  ): Promise<{readonly rows: readonly Row[]}>;
}

interface PgClient extends Queries {
  connect(): Promise<void>;
  on(event: 'error', listener: (error: Error) => void): void;
  on(event: 'end', listener: () => void): void;
}

export interface PgPool extends Queries {
  on(event: 'error', listener: (error: Error) => void): void;
  end(): Promise<void>;
}

/** Both packages. */
export interface DatabaseSdk {
  readonly dbos: Dbos;
  readonly pg: Pg;
}

/** The packages, and the versions that Handrail was tried with. */
export const databasePackages = {
  dbos: {name: '@dbos-inc/dbos-sdk', version: '5.3.0'},
  pg: {name: 'pg', version: '8.23.1'},
} as const;

/** Names of what is in a database: in this schema, so that other programs of DBOS may share it. */
export const names = {
  schema: 'handrail',
  application: 'handrail',
  /** One worker lives at a time, and each is the same executor: the next one takes over what the one before left. */
  executor: 'handrail',
  /** Grows with the order of the workflows' steps: a worker takes over no run that another order began. */
  version: '1',
  queue: 'handrail-runs',
  run: 'handrail-run',
  call: 'handrail-call',
  renewal: 'handrail-renewal',
  /** The topic of news. */
  news: 'news',
  /** The stream of events. */
  batches: 'batches',
  /** The value that says how far a run is. */
  about: 'about',
} as const;

/** An entry of the stream of events. */
export interface Batch {
  /** How far the run is with it. */
  readonly at: At;
  readonly events: readonly Event[];
}

/** How far a run is, from one change of its status to the next. */
export type About = {readonly at: At; readonly listed: ListedRun} | {readonly refused: Refusal};

/** How values are written. */
export const serializer = {
  name: () => 'handrail',
  stringify: (value: unknown) => JSON.stringify(value) ?? 'null',
  parse: (text: string | null | undefined): unknown =>
    text === null || text === undefined ? null : JSON.parse(text),
};
