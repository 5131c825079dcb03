import {findKeys, type FoundKeys} from './find-keys.ts';
import type {KeySources} from './key-sources.ts';

/** New keys are asked for so many ms before the old ones end, as the SDK does. */
const earlyMs = 300_000;

/**
 * One source of keys for every client of a run. Asked once, and again only when the keys are about to end: forty
 * clients must not ask an operator for forty MFA codes.
 */
export function sharedCredentials(sources: KeySources): () => Promise<FoundKeys> {
  let known: Promise<FoundKeys> | undefined;
  let renewAt = Infinity;
  return () => {
    if (known !== undefined && Date.now() < renewAt) return known;
    renewAt = Infinity;
    known = findKeys(sources).then(
      (found) => {
        renewAt = renewalTime(found.keys.expiration);
        return found;
      },
      (error: unknown) => {
        known = undefined;
        throw error;
      },
    );
    return known;
  };
}

/** Keys that live shortly are renewed after half of their life: not with each call. */
function renewalTime(expiration: Date | undefined): number {
  if (expiration === undefined) return Infinity;
  const left = expiration.getTime() - Date.now();
  return expiration.getTime() - Math.min(earlyMs, left / 2);
}
