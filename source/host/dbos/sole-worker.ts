import type {Claim, Holder} from '../begin.ts';
import {names, type Pg, type Queries} from './sdk.ts';

/** The database's lock of its worker: two numbers that spell Handrail. */
const lock = [0x68_61_6e_64, 0x72_61_69_6c] as const;

/** The process that works for a database. There is one at a time. */
export interface SoleWorker {
  /** Claims an account. Returns the run that holds it already. */
  claimed(claim: Claim): Promise<Holder | null>;
  /** Says that a run is over: another one may begin in its account. */
  letGo(run: string): Promise<void>;
  /** Resolves with the reason when this process is no longer the one. */
  readonly lost: Promise<string>;
}

/**
 * Waits until no other process works for a database. The lock goes with its connection, so that the database lets the
 * next worker in when one is dead.
 */
export async function soleWorker(
  {Client}: Pg,
  connectionString: string,
  waits: () => void,
): Promise<SoleWorker> {
  const client = new Client({
    connectionString,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    application_name: 'handrail host',
  });
  const {promise: lost, resolve: lose} = Promise.withResolvers<string>();
  client.on('error', (error) => lose(error.message));
  client.on('end', () => lose('it has ended'));
  await client.connect();
  // A host that is cut off is noticed within 25 seconds, not within two hours.
  await client.query(
    'SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3; SET statement_timeout = 0',
  );
  const {rows} = await client.query<{readonly mine: boolean}>(
    'SELECT pg_try_advisory_lock($1, $2) AS mine',
    lock,
  );
  if (rows[0]?.mine !== true) {
    waits();
    await client.query('SELECT pg_advisory_lock($1, $2)', lock);
  }
  await client.query(
    `CREATE SCHEMA IF NOT EXISTS ${names.schema};
     CREATE TABLE IF NOT EXISTS ${holders} (
       key text, run text, title text NOT NULL, account text NOT NULL, since timestamptz NOT NULL DEFAULT now(),
       PRIMARY KEY (key, run)
     )`,
  );
  return {
    claimed: async ({key, holder: {run, title, account}, second}) => {
      const {rows} = await client.query<Holder>(claimText, [key, run, title, account, second]);
      return rows[0] ?? null;
    },
    letGo: async (run) => void (await client.query(`DELETE FROM ${holders} WHERE run = $1`, [run])),
    lost,
  };
}

/** Returns whether a worker lives that works for a database. */
export async function hasWorker(database: Queries): Promise<boolean> {
  const {rows} = await database.query<unknown>(
    `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND granted AND classid = $1 AND objid = $2
     AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    lock,
  );
  return rows.length > 0;
}

const holders = `${names.schema}.holders`;

/** One statement, so that no other claim comes between. A claim that is made again finds itself and is granted. */
const claimText = `
  WITH own AS (SELECT 1 FROM ${holders} WHERE key = $1 AND run = $2),
  other AS (
    SELECT run, title, account FROM ${holders}
    WHERE key = $1 AND run <> $2 AND NOT $5 AND NOT EXISTS (SELECT 1 FROM own)
    ORDER BY since DESC LIMIT 1
  ),
  taken AS (
    INSERT INTO ${holders} (key, run, title, account)
    SELECT $1, $2, $3, $4 WHERE NOT EXISTS (SELECT 1 FROM other)
    ON CONFLICT DO NOTHING
  )
  SELECT run, title, account FROM other`;
