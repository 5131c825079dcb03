import {closeSync, fdatasync, fsyncSync, openSync, write} from 'node:fs';
import {dirname} from 'node:path';
import {promisify} from 'node:util';
import type {Event} from '../engine/events.ts';
import type {JournalPort} from '../engine/ports.ts';
import {encodeRecord, genesis} from './record.ts';

const writeBytes = promisify(write);
const syncData = promisify(fdatasync);

/** The journal cannot be written. Nothing that is not in it may be done, so the run has to stop. */
export class JournalError extends Error {
  override readonly name = 'JournalError';
}

/** A journal that is being written: events go in, records come to lie on disk. */
export class JournalWriter implements JournalPort {
  readonly file: string;
  readonly #run: string;
  readonly #descriptor: number;
  #sequence = 0;
  #head = genesis;
  #broken: JournalError | undefined;

  /** Makes a new file, readable by its owner only. Throws {@link JournalError}, also when the file is there already. */
  constructor(file: string, run: string) {
    this.file = file;
    this.#run = run;
    try {
      this.#descriptor = openSync(file, 'ax', 0o600);
      syncFolder(dirname(file));
    } catch (error) {
      throw journalError(file, error);
    }
  }

  /** Hash of the last record on disk. */
  get head(): string {
    return this.#head;
  }

  async append(events: readonly Event[]): Promise<void> {
    if (this.#broken !== undefined) throw this.#broken;
    let sequence = this.#sequence;
    let head = this.#head;
    const lines = events.map((event) => {
      sequence += 1;
      const {line, hash} = encodeRecord(this.#run, sequence, head, event);
      head = hash;
      return `${line}\n`;
    });
    try {
      await this.#writeAll(Buffer.from(lines.join('')));
      // A failed sync is final: what the kernel has dropped by then, a second try would not bring back.
      await syncData(this.#descriptor);
    } catch (error) {
      this.#broken = journalError(this.file, error);
      throw this.#broken;
    }
    this.#sequence = sequence;
    this.#head = head;
  }

  /** A write may be short without failing (seen under a file-size limit), so the rest is written again. */
  async #writeAll(bytes: Buffer): Promise<void> {
    let done = 0;
    while (done < bytes.length) {
      const {bytesWritten} = await writeBytes(this.#descriptor, bytes, done, bytes.length - done, null);
      done += bytesWritten;
    }
  }

  close(): void {
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
  const reason = error instanceof Error ? error.message : String(error);
  return new JournalError(`the journal ${file} cannot be written: ${reason}`);
}
