import {closeSync, openSync, readSync} from 'node:fs';
import type {Event} from '../engine/model/events.ts';
import {parseRecords, readJournal, UnreadableJournal, type ReadSoFar} from './read.ts';

/** Bytes that are read at once of newly appended text. */
const chunk = 65_536;

/** A journal that may still be written to by someone else. It is only read. */
export class JournalFollower {
  readonly file: string;
  /** Contents of the file at first. */
  readonly events: readonly Event[];
  #read: ReadSoFar;
  #bytes: number;

  /** Throws CorruptJournal, also as NewerJournal or UnreadableJournal. */
  constructor(file: string) {
    const {events, run, head, bytes} = readJournal(file);
    this.file = file;
    this.events = events;
    this.#read = {run, head, records: events.length};
    this.#bytes = bytes;
  }

  get run(): string {
    return this.#read.run;
  }

  /** Hash of the last record that was read. */
  get head(): string {
    return this.#read.head;
  }

  /** The events that were written since. A line that is not whole yet waits. Throws CorruptJournal. */
  more(): readonly Event[] {
    const added = this.#added();
    if (!added.includes(0x0a)) return [];
    const {events, bytes, ...read} = parseRecords(this.file, added, this.#read);
    this.#read = read;
    this.#bytes += bytes;
    return events;
  }

  #added(): Buffer {
    try {
      return this.#readOn();
    } catch (error) {
      throw new UnreadableJournal(this.file, error);
    }
  }

  #readOn(): Buffer {
    const descriptor = openSync(this.file, 'r');
    try {
      const parts: Buffer[] = [];
      for (let at = this.#bytes; ; at += chunk) {
        const part = Buffer.alloc(chunk);
        const size = readSync(descriptor, part, 0, chunk, at);
        parts.push(part.subarray(0, size));
        if (size < chunk) return Buffer.concat(parts);
      }
    } finally {
      closeSync(descriptor);
    }
  }
}
