import {createHash} from 'node:crypto';
import {closeSync, fstatSync, openSync, readSync} from 'node:fs';
import {show} from '../../text/show.ts';
import type {Place} from './place.ts';

/** A process's claim to a journal, as the file beside the journal holds it. */
export interface Lease {
  /** Random, and never used again: who holds a journal is whose token is in its lease. */
  readonly token: string;
  /** The process in its own words, such as `process 7 of kim on box since 2026-11-27T15:00:00.000Z`. */
  readonly holder: string;
  readonly place: Place;
  /** The socket that the process listens on as long as it lives. */
  readonly socket: string;
}

/** A lease as it was read. */
export interface ReadLease {
  /** The whole text: it changes with each renewal. */
  readonly text: string;
  /** The token, or a name for a text that holds none. */
  readonly token: string;
  /** Undefined when the text is no lease: an empty file, or a later Handrail's. */
  readonly lease: Lease | undefined;
  /** Time of the last renewal by the file system's clock (ms since the epoch). */
  readonly writtenAtMs: number;
}

/** A lease is read as far as this, in bytes. */
const mostBytes = 4096;

export function leaseFile(journal: string): string {
  return `${journal}.lease`;
}

/** Formats a lease. The number of its renewals has a fixed width, so that each renewal overwrites the text in place. */
export function leaseText({token, ...lease}: Lease, renewals: number): string {
  const body = JSON.stringify({version: 1, token, ...lease});
  return `${body}\n${String(renewals).padStart(12, '0')}\n`;
}

/** Returns the beginning of a lease's text, up to its token: no other lease begins like it. */
export function beginningOf({token}: Lease): Buffer {
  return Buffer.from(`{"version":1,"token":"${token}"`);
}

/** Returns true if a file begins with these bytes. Throws the system's error. */
export function beginsWith(file: string, beginning: Buffer): boolean {
  const descriptor = openSync(file, 'r');
  try {
    const bytes = Buffer.allocUnsafe(beginning.length);
    return readSync(descriptor, bytes, 0, bytes.length, 0) === bytes.length && bytes.equals(beginning);
  } finally {
    closeSync(descriptor);
  }
}

/**
 * Reads a lease; undefined when there is none. The file is opened by its name: that alone makes a client of NFS ask
 * its server, where `stat` may answer out of a cache. Throws the system's error.
 */
export function readLease(file: string): ReadLease | undefined {
  let descriptor: number;
  try {
    descriptor = openSync(file, 'r');
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
  try {
    const bytes = Buffer.alloc(mostBytes);
    const text = bytes.toString('utf8', 0, readSync(descriptor, bytes, 0, mostBytes, 0));
    const lease = parsed(text);
    const token = lease?.token ?? createHash('sha256').update(text).digest('hex').slice(0, 32);
    return {text, token, lease, writtenAtMs: fstatSync(descriptor).mtimeMs};
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  } finally {
    closeSync(descriptor);
  }
}

/** Returns the holder of a lease in its own words. */
export function holderIn(read: ReadLease | undefined): string {
  return show(read?.lease?.holder.slice(0, 200) ?? 'another process');
}

/** No such file; or, on NFS, one that another host has removed meanwhile. */
export function isGone(error: unknown): boolean {
  const {code} = error as NodeJS.ErrnoException;
  return code === 'ENOENT' || code === 'ESTALE';
}

function parsed(text: string): Lease | undefined {
  try {
    const {version, token, holder, socket, place} = JSON.parse(text.split('\n', 1)[0] ?? '') as Record<
      string,
      unknown
    >;
    const isLease =
      version === 1 &&
      typeof token === 'string' &&
      /^[0-9a-f]{32}$/.test(token) &&
      typeof holder === 'string' &&
      typeof socket === 'string' &&
      isPlace(place);
    return isLease ? {token, holder, socket, place} : undefined;
  } catch {
    return undefined;
  }
}

function isPlace(place: unknown): place is Place {
  if (typeof place !== 'object' || place === null) return false;
  const {pid, ...names} = place as Record<string, unknown>;
  return (
    Number.isSafeInteger(pid) &&
    (pid as number) > 0 &&
    Object.values(names).every((name) => typeof name === 'string')
  );
}
