import {hash as digest} from 'node:crypto';

/** An event of a run or of a fleet, as a journal holds it. */
export interface Recorded {
  readonly type: string;
  /** ms since the epoch. */
  readonly at: number;
}
/** Version of the journal's format. A higher one is refused by this program. */
export const journalVersion = 1;

/** Value of `previous` for the first record. */
export const genesis = '0'.repeat(64);

/**
 * The line of an event, without its line end, and the hash that the next line builds on. `more`: it is not the last
 * one of its write.
 */
export function encodeRecord<Kind extends Recorded>(
  run: string,
  sequence: number,
  previous: string,
  event: Kind,
  more = false,
): {readonly line: string; readonly hash: string} {
  const body = JSON.stringify({version: journalVersion, sequence, run, event, ...(more ? {more} : {})});
  const hash = hashOf(previous, body);
  // The hash goes last, so that the bytes it covers are the line's own beginning.
  return {line: `${body.slice(0, -1)},"hash":"${hash}"}`, hash};
}

export function hashOf(previous: string, body: string): string {
  return digest('sha256', previous + body, 'hex');
}
