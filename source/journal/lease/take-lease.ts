import {constants, copyFileSync, linkSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import {setTimeout as sleep} from 'node:timers/promises';
import {JournalError} from '../journal-error.ts';
import {fateOf} from './fate.ts';
import {claimOn, HeldLease, renewalMs} from './held-lease.ts';
import {holderIn, isGone, leaseFile, leaseText, readLease, type Lease, type ReadLease} from './lease.ts';

/** Renewals that must stay out, one look after the other, before a lease is taken from a holder that cannot be seen. */
const stillLooks = 8;

/** How a lease is to be taken. */
export interface Taking {
  /** The journal's real path. */
  readonly journal: string;
  /** What this process wants to have. */
  readonly lease: Lease;
  /** Is called when the lease of a holder that cannot be seen is watched, with what is known of it. */
  readonly watching: (holder: string, forMs: number) => void;
  /** Ends the watching. */
  readonly signal: AbortSignal;
  /** Time between two renewals, in ms. */
  readonly everyMs?: number;
}

/** A lease that was taken, or the words of the holder that stands in the way. */
export type Taken =
  | {
      readonly held: HeldLease;
      /** The holder before was not seen to be dead: it may only stand still. */
      readonly overtaken: boolean;
    }
  | {readonly by: string};

/**
 * Takes a journal's lease. A holder that is dead for certain is followed at once. One that cannot be seen from here is
 * followed once its lease has stood still for as long as this process watched: no clock of another host counts.
 * Throws {@link JournalError} when the folder cannot be written.
 */
export async function takeLease(taking: Taking): Promise<Taken> {
  const {journal, lease, everyMs = renewalMs} = taking;
  const file = leaseFile(journal);
  const own = `${file}.${lease.token}.new`;
  try {
    writeFileSync(own, leaseText(lease, 0), {mode: 0o600, flag: 'wx'});
    for (;;) {
      const outcome = placed(own, file) ? 'begun' : await followed(taking, file, own);
      if (outcome === 'retry') continue;
      if (typeof outcome === 'object') return outcome;
      // The last word has the file itself: two processes may both believe that they were first.
      const now = readLease(file);
      if (now?.token !== lease.token) return {by: holderIn(now)};
      return {held: new HeldLease(journal, lease, everyMs), overtaken: outcome === 'still'};
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new JournalError(`the lease ${file} cannot be written: ${reason}`, {cause: error});
  } finally {
    rmSync(own, {force: true});
  }
}

/** Puts this process's lease in the place of one whose holder is gone. */
async function followed(
  taking: Taking,
  file: string,
  own: string,
): Promise<'dead' | 'still' | 'retry' | {readonly by: string}> {
  const before = readLease(file);
  if (before === undefined) return 'retry';
  const fate = await watched(taking, file, before);
  if (fate === 'alive') return {by: holderIn(before)};
  if (fate === 'changed') return 'retry';
  const claim = claimOn(file, before.token);
  if (!placed(own, claim)) return passClaim(taking, claim);
  if (readLease(file)?.token !== before.token) {
    rmSync(claim, {force: true});
    return 'retry';
  }
  try {
    renameSync(claim, file);
  } catch (error) {
    // Another process took this claim for a dead one's.
    if (isGone(error)) return 'retry';
    throw error;
  }
  return fate;
}

/** Another process is about to follow the same holder. Its claim is removed where it died over it. */
async function passClaim(taking: Taking, claim: string): Promise<'retry' | {readonly by: string}> {
  const other = readLease(claim);
  if (other === undefined) return 'retry';
  const fate = await watched(taking, claim, other);
  if (fate === 'alive') return {by: holderIn(other)};
  if (fate !== 'changed') rmSync(claim, {force: true});
  return 'retry';
}

/** Returns what became of a lease's holder: where that cannot be seen, after watching the lease. */
async function watched(
  {lease, watching, signal, everyMs = renewalMs}: Taking,
  file: string,
  before: ReadLease,
): Promise<'alive' | 'dead' | 'still' | 'changed'> {
  const fate = before.lease === undefined ? 'unknown' : fateOf(before.lease, lease.place, lease.socket);
  if (fate !== 'unknown') return fate;
  watching(holderIn(before), stillLooks * everyMs);
  for (let looks = 0; looks < stillLooks; looks += 1) {
    try {
      await sleep(everyMs, undefined, {signal});
    } catch {
      return 'alive';
    }
    const now = readLease(file);
    if (now?.token !== before.token) return 'changed';
    if (now.text !== before.text) return 'alive';
  }
  return 'still';
}

/** Gives a file a second name, unless there is one. Where the file system knows no second names, it is copied. */
function placed(file: string, name: string): boolean {
  try {
    linkSync(file, name);
    return true;
  } catch (error) {
    const {code = ''} = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    if (!withoutLinks.includes(code)) throw error;
  }
  try {
    copyFileSync(file, name, constants.COPYFILE_EXCL);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Answers of file systems that have no hard links. */
const withoutLinks = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'];
