import {setTimeout as sleep} from 'node:timers/promises';
import {classify} from '../call/classify-error.ts';
import {sameKeys, type Keys} from './keys.ts';

/** A source of keys that can be asked for others. */
interface BaseKeys {
  keys(): Promise<Keys>;
  /** Makes the next question look for new keys. */
  renew(): void;
}

/** Asks STS for a role's keys, signed with some. */
type Assume = (keys: Keys) => Promise<Keys>;

/** AssumeRole calls a second at first, at most, and at least. */
const [firstRate, mostRate, leastRate] = [10, 20, 0.5];
/** Tries of a throttled call. */
const maxAttempts = 10;
/** Time in ms within which the keys are not looked for a second time. */
const renewalMs = 5000;

/**
 * Takes on the roles of many accounts with keys that are found once. The calls are paced together, since STS counts them
 * together: half as many a second after each throttled one, and a few more after each that went well.
 */
export class RoleEntrance {
  readonly #base: BaseKeys;
  #rate = firstRate;
  #nextAt = 0;
  #renewedAt = -Infinity;

  constructor(base: BaseKeys) {
    this.#base = base;
  }

  /** Returns a role's keys. Where the keys that ask have ended, others are looked for once. Throws AWS's refusal. */
  async enter(assume: Assume): Promise<Keys> {
    const keys = await this.#base.keys();
    try {
      return await this.#untilTaken(() => assume(keys));
    } catch (error) {
      if (classify(error).kind !== 'credentials') throw error;
      const others = await this.#othersThan(keys);
      if (others === undefined) throw error;
      return this.#untilTaken(() => assume(others));
    }
  }

  /** The base's keys, if they have become others. Many accounts find out at the same time that the old ones have ended. */
  async #othersThan(keys: Keys): Promise<Keys | undefined> {
    const present = await this.#base.keys();
    if (!sameKeys(present, keys)) return present;
    if (performance.now() - this.#renewedAt < renewalMs) return undefined;
    this.#renewedAt = performance.now();
    this.#base.renew();
    const found = await this.#base.keys();
    return sameKeys(found, keys) ? undefined : found;
  }

  async #untilTaken(assume: () => Promise<Keys>): Promise<Keys> {
    for (let attempt = 1; ; attempt += 1) {
      await this.#turn();
      try {
        const keys = await assume();
        this.#rate = Math.min(mostRate, this.#rate + 0.2);
        return keys;
      } catch (error) {
        if (attempt >= maxAttempts || classify(error).kind !== 'throttled') throw error;
        this.#rate = Math.max(leastRate, this.#rate / 2);
      }
    }
  }

  /** Waits for its turn. */
  async #turn(): Promise<void> {
    const now = performance.now();
    const at = Math.max(now, this.#nextAt);
    this.#nextAt = at + 1000 / this.#rate;
    if (at > now) await sleep(at - now);
  }
}
