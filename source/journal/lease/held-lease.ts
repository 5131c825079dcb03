import {linkSync, rmSync, statSync} from 'node:fs';
import {open} from 'node:fs/promises';
import {basename} from 'node:path';
import {JournalError, JournalTaken} from '../journal-error.ts';
import {keptOpen, type KeptOpen} from './kept-open.ts';
import {
  beginningOf,
  beginsWith,
  holderIn,
  isGone,
  leaseFile,
  leaseText,
  readLease,
  type Lease,
} from './lease.ts';

/** Time between two renewals, in ms. Whoever watches a lease looks as often. */
export const renewalMs = 2000;

/** A lease that this process has taken. It may be lost while the process is suspended, or cut off from its disk. */
export class HeldLease {
  readonly #journal: string;
  readonly #file: string;
  readonly #lease: Lease;
  readonly #beginning: Buffer;
  /** Identifies the file for the moments in which no other file can be opened. */
  readonly #identity: string;
  /** The file itself, on a disk of this host and until it is given back. */
  #kept: KeptOpen | undefined;
  readonly #lost = new AbortController();
  readonly #timer: NodeJS.Timeout;
  #renewals = 0;
  #error: JournalError | undefined;

  constructor(journal: string, lease: Lease, everyMs: number = renewalMs) {
    this.#journal = journal;
    this.#file = leaseFile(journal);
    this.#lease = lease;
    this.#beginning = beginningOf(lease);
    this.#identity = identityOf(this.#file);
    this.#kept = keptOpen(this.#file, this.#beginning);
    this.#timer = setInterval(() => void this.#renew(), everyMs);
    this.#timer.unref();
  }

  /** Aborts once the lease is found lost. */
  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  /**
   * Makes sure that the lease is still this process's. Called right before each write and each request, it costs about
   * 4 µs on a disk of this host, and 10 µs where the file has to be opened. Throws {@link JournalTaken} when the lease is another's, now and ever after, and
   * {@link JournalError} when that cannot be found out.
   */
  check(): void {
    if (this.#error !== undefined) throw this.#error;
    if (!this.#isThere()) this.#read();
  }

  /** Makes sure of it by the file's text. */
  #read(): void {
    this.#error = this.#problem();
    if (this.#error === undefined) return;
    this.#lost.abort('lease');
    throw this.#error;
  }

  /** Gives the journal back, unless another process has it by now. */
  release(): void {
    clearInterval(this.#timer);
    this.#kept?.close();
    this.#kept = undefined;
    const claim = claimOn(this.#file, this.#lease.token);
    try {
      // Who takes a lease over makes this name first, so from here on nobody does.
      linkSync(this.#file, claim);
    } catch (error) {
      // Another process is about to take it: to that one it is left. Other errors come from folders without links.
      const {code} = error as NodeJS.ErrnoException;
      if (code !== 'EEXIST' && this.#isOurs()) rmSync(this.#file, {force: true});
      return;
    }
    try {
      if (this.#isOurs()) rmSync(this.#file, {force: true});
    } finally {
      rmSync(claim, {force: true});
    }
  }

  /** Whoever takes a lease over puts another file in its place. */
  #isThere(): boolean {
    try {
      return this.#kept?.isNamed() === true;
    } catch {
      return false;
    }
  }

  #isOurs(): boolean {
    try {
      return readLease(this.#file)?.token === this.#lease.token;
    } catch {
      return false;
    }
  }

  #problem(): JournalError | undefined {
    const run = basename(this.#journal, '.jsonl');
    let found: ReturnType<typeof readLease>;
    try {
      if (beginsWith(this.#file, this.#beginning)) return undefined;
      found = readLease(this.#file);
    } catch (error) {
      if (isGone(error)) return this.#removed(run);
      if (isShortOfFiles(error) && identityOf(this.#file) === this.#identity) return undefined;
      const reason = error instanceof Error ? error.message : String(error);
      return new JournalError(`the lease ${this.#file} cannot be read: ${reason}`, {cause: error});
    }
    if (found === undefined) return this.#removed(run);
    const by = holderIn(found);
    return new JournalTaken(
      `${this.#journal} was taken over by ${by}, while this process stood still: ` +
        'it stopped here, and sends and writes nothing more',
      `handrail watch ${run}`,
    );
  }

  #removed(run: string): JournalTaken {
    return new JournalTaken(
      `the lease ${this.#file} was removed while this process held it, so that another may have the run: ` +
        'it stopped here, and sends and writes nothing more',
      `handrail resume ${run}`,
    );
  }

  /** Overwrites the lease with a higher count. Only the file that was found to be this process's is written to. */
  async #renew(): Promise<void> {
    try {
      this.check();
      this.#read();
      const file = await open(this.#file, 'r+');
      try {
        const found = Buffer.alloc(this.#beginning.length);
        await file.read(found, 0, found.length, 0);
        const text = Buffer.from(leaseText(this.#lease, (this.#renewals += 1)));
        if (found.equals(this.#beginning)) await file.write(text, 0, text.length, 0);
      } finally {
        await file.close();
      }
    } catch {
      // A lost lease was found by the check. One that cannot be renewed may be taken over, which a later check finds.
    }
  }
}

/** The name that a process makes before it replaces or removes the lease with that token: only one can. */
export function claimOn(file: string, token: string): string {
  return `${file}.${token}`;
}

function isShortOfFiles(error: unknown): boolean {
  const {code} = error as NodeJS.ErrnoException;
  return code === 'EMFILE' || code === 'ENFILE';
}

function identityOf(file: string): string {
  try {
    const {dev, ino, birthtimeNs} = statSync(file, {bigint: true});
    return `${dev} ${ino} ${birthtimeNs}`;
  } catch (error) {
    if (isGone(error)) return '';
    throw error;
  }
}
