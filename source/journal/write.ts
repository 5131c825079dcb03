import {closeSync, fstatSync, fsyncSync, ftruncateSync, openSync, rmSync, statSync, writeSync} from 'node:fs';
import {dirname} from 'node:path';
import {setImmediate as turnOfOthers} from 'node:timers/promises';
import {hasLongList} from '../data/has-long-list.ts';
import type {JournalPort} from '../engine/model/ports.ts';
import type {Records} from './read.ts';

import {JournalError} from './journal-error.ts';
import {encodeRecord, genesis, type Recorded} from './record.ts';
import {syncing} from './sync.ts';

/** Journals that this process has open: a fleet has its own and one for each account at work. */
let open = 0;

/** Appends events to a journal as durable records. */
export class JournalWriter implements JournalPort {
  readonly file: string;
  readonly #run: string;
  readonly #descriptor: number;
  /** The only part of an append that waits for the disk; the rest goes to the page cache in microseconds. */
  readonly #sync: () => Promise<void>;
  #sequence: number;
  #head: string;
  /** Length of the file when everything so far is on disk, in bytes. */
  #bytes: number;
  #broken: JournalError | undefined;
  #guard: (() => void) | undefined;

  private constructor(
    file: string,
    run: string,
    flags: string,
    from: {sequence: number; head: string; bytes: number},
  ) {
    this.file = file;
    this.#run = run;
    this.#sequence = from.sequence;
    this.#head = from.head;
    this.#bytes = from.bytes;
    try {
      this.#descriptor = openSync(file, flags, 0o600);
    } catch (error) {
      throw journalError(file, error);
    }
    open += 1;
    this.#sync = syncing(this.#descriptor, () => open === 1);
  }

  /** Makes a new file, readable by its owner only. Throws {@link JournalError}, also when the file is there already. */
  static create(file: string, run: string): JournalWriter {
    const writer = new JournalWriter(file, run, 'ax', {sequence: 0, head: genesis, bytes: 0});
    try {
      writer.#prepare(() => syncFolder(dirname(file)));
    } catch (error) {
      // No run has begun in it.
      writer.close();
      rmSync(file, {force: true});
      throw error;
    }
    return writer;
  }

  /** Goes on with a journal that was read; a torn last line is cut off. Throws {@link JournalError}. */
  static continue({file, run, events, head, bytes}: Records): JournalWriter {
    const writer = new JournalWriter(file, run, 'a', {sequence: events.length, head, bytes});
    writer.#prepare(() => {
      ftruncateSync(writer.#descriptor, bytes);
      fsyncSync(writer.#descriptor);
    });
    return writer;
  }

  /** Has each write checked first: `check` throws where the journal is another process's by now. */
  guardedBy({check}: {readonly check: () => void}): void {
    this.#guard = check;
  }

  #prepare(action: () => void): void {
    try {
      action();
    } catch (error) {
      throw journalError(this.file, error);
    }
  }

  /** Hash of the last record on disk. */
  get head(): string {
    return this.#head;
  }

  async append<Kind extends Recorded>(events: readonly Kind[]): Promise<void> {
    if (this.#broken !== undefined) throw this.#broken;
    let sequence = this.#sequence;
    let head = this.#head;
    const lines: string[] = [];
    for (const [index, event] of events.entries()) {
      const long = hasLongList(event);
      if (long) await turnOfOthers();
      sequence += 1;
      const {line, hash} = encodeRecord(this.#run, sequence, head, event, index < events.length - 1);
      head = hash;
      lines.push(`${line}\n`);
      if (long) await turnOfOthers();
    }
    try {
      const bytes = Buffer.from(lines.join(''));
      this.#guard?.();
      this.#refuseStranger();
      this.#writeAll(bytes);
      this.#bytes += bytes.length;
      // A failed sync is final. The kernel may have dropped the pages, and a second try would not bring them
      // back.
      await this.#sync();
    } catch (error) {
      this.#broken = this.#takenAway() ?? journalError(this.file, error);
      throw this.#broken;
    }
    this.#sequence = sequence;
    this.#head = head;
  }

  /** Who took the journal over while this process stood still in the middle of a write is the cause of its failure. */
  #takenAway(): JournalError | undefined {
    try {
      this.#guard?.();
      return undefined;
    } catch (error) {
      return journalError(this.file, error);
    }
  }

  /** Another writer, or another file in its place, would give one run two histories. */
  #refuseStranger(): void {
    const open = fstatSync(this.#descriptor);
    const named = statSync(this.file);
    if (open.ino !== named.ino || open.dev !== named.dev) throw new Error('another file has taken its place');
    if (open.size !== this.#bytes) throw new Error('something else has written to it');
  }

  /** A write may be short without failing (seen under a file-size limit), so the rest is written again. */
  #writeAll(bytes: Buffer): void {
    let done = 0;
    while (done < bytes.length) done += writeSync(this.#descriptor, bytes, done, bytes.length - done, null);
  }

  close(): void {
    open -= 1;
    closeSync(this.#descriptor);
  }
}

/** Makes the new file's name durable too. */
function syncFolder(folder: string): void {
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function journalError(file: string, error: unknown): JournalError {
  if (error instanceof JournalError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new JournalError(`the journal ${file} cannot be written: ${reason}`, {cause: error});
}
