import {closeSync, fchmodSync, fstatSync, openSync, writeSync} from 'node:fs';
import {redacted} from '../text/redact.ts';
import {show} from '../text/show.ts';

/** Facts of one line. They are names, numbers and times: never a header, a body or an input. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

/** The log of this process: one for all of it, as it is about the process and not about one run. */
interface Log {
  readonly file: string;
  readonly descriptor: number;
  /** Take a secret out of a line. */
  readonly conceals: Set<(text: string) => string>;
}

let open: Log | undefined;

/** Begins the log. Throws an error whose message says why the file cannot be written. */
export function openLog(file: string): void {
  const descriptor = openSync(file, 'a', 0o600);
  try {
    if (!fstatSync(descriptor).isFile()) throw new Error('it is no regular file');
    // A file that was there already may be open to others.
    fchmodSync(descriptor, 0o600);
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
  open = {file, descriptor, conceals: new Set()};
}

/** The log's file; undefined when there is none. */
export function logFile(): string | undefined {
  return open?.file;
}

/** Takes these values out of all later lines. Short ones are words like any other. */
export function hideInLog(values: readonly (string | undefined)[]): void {
  for (const value of values) {
    if (value !== undefined && value.length >= 8) concealInLog((text) => text.replaceAll(value, '…'));
  }
}

/** Takes all that this function takes out of texts out of all later lines. */
export function concealInLog(conceal: (text: string) => string): void {
  open?.conceals.add(conceal);
}

/** Writes a line: the time, what happened, and its facts as `name=value`. */
export function log(happened: string, fields: LogFields = {}): void {
  if (open === undefined) return;
  const facts = Object.entries(fields).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${valueText(value)}`],
  );
  let line = redacted(show([new Date().toISOString(), happened, ...facts].join(' ')));
  for (const conceal of open.conceals) line = conceal(line);
  try {
    writeSync(open.descriptor, `${line}\n`);
  } catch {
    // A full disk: what the log is about goes on without it.
    closeSync(open.descriptor);
    open = undefined;
  }
}

function valueText(value: string | number | boolean): string {
  if (typeof value === 'number') return String(Math.round(value * 10) / 10);
  return typeof value === 'string' && !/^[\w.:/@+-]+$/.test(value) ? JSON.stringify(value) : String(value);
}
