import {findKeys, type FoundKeys} from './find-keys.ts';
import type {KeySources} from './key-sources.ts';

/** Time before the end of old keys at which new ones are requested, in ms, as in the SDK. */
const earlyMs = 300_000;
/** Time in ms for which old keys serve after a failed renewal, before the next try. */
const pauseMs = 30_000;

/** Keys that are found once. */
export interface SharedKeys {
  /** Those that are known, unless it is time to look for others. */
  present(): FoundKeys | undefined;
  find(): Promise<FoundKeys>;
}

/**
 * One source of keys for every client of a run. Asked once, and again only when the keys are about to end: forty
 * clients must not ask an operator for forty MFA codes. Keys that have not ended serve while new ones are waited for.
 */
export function sharedCredentials(sources: KeySources): SharedKeys {
  let known: FoundKeys | undefined;
  let asked: Promise<FoundKeys> | undefined;
  let renewAt = Infinity;
  const ask = async (): Promise<FoundKeys> => {
    try {
      known = await findKeys(sources);
      renewAt = renewalTime(known.keys.expiration);
      return known;
    } catch (error) {
      renewAt = Date.now() + pauseMs;
      throw error;
    } finally {
      asked = undefined;
    }
  };
  const present = (): FoundKeys | undefined =>
    known !== undefined && Date.now() < renewAt && isValid(known) ? known : undefined;
  return {
    present,
    find: async () => {
      const found = present();
      if (found !== undefined) return found;
      asked ??= ask();
      if (known === undefined || !isValid(known)) return asked;
      // Those who need the answer wait for it themselves.
      asked.catch(() => undefined);
      return known;
    },
  };
}

function isValid({keys: {expiration}}: FoundKeys): boolean {
  return expiration === undefined || Date.now() < expiration.getTime();
}

/** Keys that live shortly are renewed after half of their life: not with each call. */
function renewalTime(expiration: Date | undefined): number {
  if (expiration === undefined) return Infinity;
  const left = expiration.getTime() - Date.now();
  return expiration.getTime() - Math.min(earlyMs, left / 2);
}
