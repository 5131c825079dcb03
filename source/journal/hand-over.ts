import {readFileSync, rmSync, statSync, utimesSync, writeFileSync} from 'node:fs';
import {show} from '../text/show.ts';

/** A wish that was not renewed for this long has been given up, or whoever had it has died (ms). */
const freshMs = 10_000;
/** Longest name that is shown. */
const longestName = 80;

/** The wish stands beside the journal: who may read and write that one may ask for its run. */
function wishFile(journal: string): string {
  return `${journal}.asked-for`;
}

/**
 * Asks the process that holds a journal's run to hand it over. It is a wish only: the lock decides who runs, and its
 * holder lets go or does not. Called again, it renews the wish.
 */
export function askForRun(journal: string, by: string): void {
  writeFileSync(wishFile(journal), by, {mode: 0o600});
}

/** Keeps a wish fresh at `now` (ms since the epoch). */
export function renewWish(journal: string, now: number): void {
  try {
    utimesSync(wishFile(journal), now / 1000, now / 1000);
  } catch {
    // The run was handed over, or another process took the wish back.
  }
}

export function takeWishBack(journal: string): void {
  rmSync(wishFile(journal), {force: true});
}

/** Returns who asks for a journal's run at `now` (ms since the epoch); undefined when nobody does. */
export function whoAsks(journal: string, now: number): string | undefined {
  const file = wishFile(journal);
  try {
    if (Math.abs(now - statSync(file).mtimeMs) > freshMs) return undefined;
    return show(readFileSync(file, 'utf8').slice(0, longestName));
  } catch {
    return undefined;
  }
}
