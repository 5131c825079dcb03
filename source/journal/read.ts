import {readFileSync} from 'node:fs';
import type {Event} from '../engine/model/events.ts';
import {asWrittenToday} from './older-events.ts';
import {genesis, hashOf, journalVersion, type Recorded} from './record.ts';

/** A journal's records, read and found whole. */
export interface Records {
  readonly file: string;
  /** The run or the fleet. */
  readonly run: string;
  readonly events: readonly Recorded[];
  /** Hash of the last record. */
  readonly head: string;
  /** Length of the whole writes, in bytes. The rest was torn by a crash. */
  readonly bytes: number;
  /** Bytes of a torn last write; 0 when there is none. */
  readonly tornBytes: number;
}

/** The journal of a run. */
export interface Journal extends Records {
  readonly events: readonly Event[];
}

/** A journal that must not be believed, with the line that says so. Lines count from 1. */
export class CorruptJournal extends Error {
  override readonly name = 'CorruptJournal';
  readonly line: number;

  constructor(file: string, line: number, reason: string) {
    super(`${file}:${line}: ${reason}`);
    this.line = line;
  }
}

/** A journal that a later Handrail wrote: nothing is wrong with it, and this one cannot read it. */
export class NewerJournal extends CorruptJournal {}

/** A journal that the file system does not return. Its contents are unknown. */
export class UnreadableJournal extends CorruptJournal {
  constructor(file: string, error: unknown) {
    super(file, 1, '');
    const reason = error instanceof Error ? error.message : String(error);
    this.message = `the journal ${file} cannot be read: ${reason}`;
  }
}

/** Reads a journal file. Throws {@link CorruptJournal}, also as {@link UnreadableJournal}. */
export function readJournal(file: string): Journal {
  return parseJournal(file, bytesOf(file));
}

/** Reads the records of a run or a fleet; there may be none. Throws {@link CorruptJournal}, as above. */
export function readRecords(file: string): Records {
  const bytes = bytesOf(file);
  const {events, run, head, bytes: whole} = parseRecords(file, bytes, nothingRead);
  return {file, run, events, head, bytes: whole, tornBytes: bytes.length - whole};
}

function bytesOf(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new UnreadableJournal(file, error);
  }
}

/**
 * Reads a journal's bytes. A last write that is not whole was torn by a crash, and all of its records are left
 * out. No program acted on them, since that happens only after the whole write is on disk. Any other difference
 * from the written text is refused. Throws {@link CorruptJournal}.
 */
export function parseJournal(file: string, bytes: Uint8Array): Journal {
  const {events, run, head, bytes: whole} = parseRecords(file, bytes, nothingRead);
  if (events.length === 0) throw new CorruptJournal(file, 1, 'there is no whole record in it');
  if (events[0]?.type !== 'run-started') throw new CorruptJournal(file, 1, 'it does not begin with a run');
  return {file, run, events, head, bytes: whole, tornBytes: bytes.length - whole};
}

/** Progress of reading a journal: the values that the next record has to match. */
export interface ReadSoFar {
  readonly run: string;
  readonly head: string;
  /** Records read. */
  readonly records: number;
}

const nothingRead: ReadSoFar = {run: '', head: genesis, records: 0};

/**
 * Reads the whole writes at the start of `bytes`, which continue the bytes read so far. Returns their records
 * and their total length in bytes. Throws {@link CorruptJournal}.
 */
export function parseRecords(
  file: string,
  bytes: Uint8Array,
  from: ReadSoFar,
): ReadSoFar & {readonly events: readonly Event[]; readonly bytes: number} {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const events: Event[] = [];
  let {run, head} = from;
  let start = 0;
  let whole = {run, head, records: 0, bytes: 0};
  for (;;) {
    const end = buffer.indexOf(0x0a, start);
    if (end < 0) break;
    const line = from.records + events.length + 1;
    const record = readRecord(file, line, buffer.toString('utf8', start, end), head);
    if (line > 1 && record.run !== run) throw new CorruptJournal(file, line, 'it belongs to another run');
    ({run, hash: head} = record);
    events.push(record.event);
    start = end + 1;
    if (!record.more) whole = {run, head, records: events.length, bytes: start};
  }
  const {records, ...read} = whole;
  return {...read, records: from.records + records, events: events.slice(0, records)};
}

/** The end of a line: `,"hash":"` and 64 hex digits, `"}`. */
const hashPart = /,"hash":"([0-9a-f]{64})"\}$/;

function readRecord(
  file: string,
  line: number,
  text: string,
  previous: string,
): {readonly run: string; readonly event: Event; readonly hash: string; readonly more: boolean} {
  const hash = hashPart.exec(text)?.[1];
  checkVersion(file, line, text);
  if (hash === undefined) throw new CorruptJournal(file, line, 'it is not a record');
  const body = `${text.slice(0, -(hash.length + ',"hash":""}'.length))}}`;
  if (hashOf(previous, body) !== hash) {
    throw new CorruptJournal(file, line, 'its hash does not fit: this line or one before it was changed');
  }
  const record = JSON.parse(body) as {sequence: unknown; run: unknown; event: Event; more?: unknown};
  if (record.sequence !== line || typeof record.run !== 'string') {
    throw new CorruptJournal(file, line, 'it is out of sequence');
  }
  return {run: record.run, event: asWrittenToday(record.event), hash, more: record.more === true};
}

/** Throws {@link NewerJournal}, or {@link CorruptJournal} when it has no version. */
function checkVersion(file: string, line: number, text: string): void {
  const version = Number(/^\{"version":(\d+),/.exec(text)?.[1]);
  if (!Number.isInteger(version)) throw new CorruptJournal(file, line, 'it is not a record');
  if (version <= journalVersion) return;
  const reason = `it has format version ${version}, and this Handrail reads up to ${journalVersion}: use a newer one`;
  throw new NewerJournal(file, line, reason);
}
