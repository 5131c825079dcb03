import {randomBytes} from 'node:crypto';
import {realpathSync} from 'node:fs';
import {hostname, userInfo} from 'node:os';
import {basename} from 'node:path';
import {log} from '../log/log.ts';
import {JournalError} from './journal-error.ts';
import {setOwnFile} from './lease/own-file.ts';
import {fateOf} from './lease/fate.ts';
import type {HeldLease} from './lease/held-lease.ts';
import {holderIn, leaseFile, readLease} from './lease/lease.ts';
import {thisPlace, type Place} from './lease/place.ts';
import {takeLease, type Taking} from './lease/take-lease.ts';
import {bindSocket, introduction, isBound, socketOf} from './lease/socket.ts';

/** Another process is running this journal. */
export class JournalInUse extends JournalError {
  override readonly name = 'JournalInUse';
}

/** The right to write a journal, held by one process at a time. */
export interface Lock {
  /**
   * Makes sure that the journal is still this process's. Throws JournalTaken when it is not, and JournalError when that
   * cannot be found out.
   */
  check(): void;
  /** Aborts once the journal is found to be another process's. */
  readonly lost: AbortSignal;
  release(): void;
}

/** Surroundings of taking a lock; each has a default. */
export interface Locking {
  /** Receives a sentence when taking the lock takes long. */
  readonly say?: (sentence: string) => void;
  /** Ends the wait. */
  readonly signal?: AbortSignal;
  /** This process's place and address, in place of its own. */
  readonly here?: {readonly place: Place; readonly socket: string};
  /** Time between two renewals of the lease, in ms. */
  readonly everyMs?: number;
}

/** A lease of a holder that cannot be seen from here counts as given up after this long without a renewal, in ms. */
const freshMs = 60_000;

/**
 * Takes the lock of a journal. It is a listening socket, which processes of the same network namespace see, and a lease
 * beside the journal for all others: those in other containers, and on other hosts that share the folder. Throws
 * {@link JournalInUse}, which names the holder and the start time, and JournalError.
 */
export async function lockJournal(file: string, atMs: number, locking: Locking = {}): Promise<Lock> {
  const journal = realpathSync(file);
  const {place, socket} = locking.here ?? {place: thisPlace(), socket: socketOf(journal)};
  const holder = `process ${process.pid} of ${userName()} on ${hostname()} since ${new Date(atMs).toISOString()}`;
  const server = await bindSocket(socket, holder);
  if (server === undefined) throw inUse(file, (await introduced(journal, socket)) ?? 'another process');
  const taking: Taking = {
    journal,
    lease: {token: randomBytes(16).toString('hex'), holder, place, socket},
    watching: (other, forMs) => {
      log('lock watched', {journal, holder: other, ms: forMs});
      locking.say?.(watchingText(file, other, forMs));
    },
    signal: locking.signal ?? new AbortController().signal,
    ...(locking.everyMs === undefined ? {} : {everyMs: locking.everyMs}),
  };
  try {
    const taken = await takeLease(taking);
    if ('by' in taken) throw inUse(file, taken.by);
    const {held, overtaken} = taken;
    if (overtaken) ownFile(journal, held);
    log('lock taken', {journal, overtaken});
    held.lost.addEventListener('abort', () => log('lock lost', {journal}));
    return {
      check: () => held.check(),
      lost: held.lost,
      release: () => {
        held.release();
        server.close();
        log('lock released', {journal});
      },
    };
  } catch (error) {
    server.close();
    throw error;
  }
}

/**
 * Returns true if a process holds the lock of a journal, without asking that process. A holder that cannot be seen from
 * here holds it as long as it renews its lease, by the file system's clock.
 */
export function isLocked(file: string): boolean {
  const journal = realpathSync(file);
  if (isBound(socketOf(journal)) === true) return true;
  const read = readLease(leaseFile(journal));
  if (read === undefined) return false;
  const fate = read.lease === undefined ? 'unknown' : fateOf(read.lease, thisPlace());
  return fate === 'alive' || (fate === 'unknown' && Math.abs(Date.now() - read.writtenAtMs) < freshMs);
}

/** Returns the process that holds a journal's lock, by its own words; undefined when none does. */
export async function holderOf(file: string): Promise<string | undefined> {
  if (!isLocked(file)) return undefined;
  const journal = realpathSync(file);
  const said = await introduced(journal, socketOf(journal));
  return said ?? holderIn(readLease(leaseFile(journal)));
}

/** Returns the process that listens on a socket, by its own words. The lease speaks for one that is suspended or busy. */
async function introduced(journal: string, socket: string): Promise<string | undefined> {
  const said = await introduction(socket);
  if (said !== 'silent') return said?.words;
  const read = readLease(leaseFile(journal));
  const isItsOwn = read?.lease !== undefined && fateOf(read.lease, thisPlace()) === 'alive';
  return isItsOwn ? `${holderIn(read)}, which is suspended or busy` : 'a process that is suspended or busy';
}

function ownFile(journal: string, held: HeldLease): void {
  try {
    setOwnFile(journal);
  } catch (error) {
    held.release();
    throw error;
  }
}

function inUse(file: string, by: string): JournalInUse {
  return new JournalInUse(`${file} is being run by ${by}; watch it with: handrail watch ${runOf(file)}`);
}

function watchingText(file: string, other: string, forMs: number): string {
  return (
    `${basename(file)} is held by ${other}, in another container or on another host. ` +
    `Watching for ${Math.round(forMs / 1000)} s whether it still works; if not, this process takes it over`
  );
}

function runOf(file: string): string {
  return basename(file, '.jsonl');
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return 'an unknown user';
  }
}
