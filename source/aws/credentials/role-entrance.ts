import {setTimeout as sleep} from 'node:timers/promises';
import {classify} from '../call/classify-error.ts';
import {CallQueue} from '../call/rate-limited-port.ts';
import {sameKeys, type Keys} from './keys.ts';

/** A source of keys that can be asked for others. */
interface BaseKeys {
  keys(): Promise<Keys>;
  /** Makes the next question look for new keys. */
  renew(): void;
  /** The keys are this process's own: no other process can renew them. */
  readonly keysCannotChange: boolean;
  /** The profile that the remedy of a refusal names. */
  profile(): Promise<string | undefined>;
}

/** Asks STS for a role's keys, signed with some. */
type Assume = (keys: Keys) => Promise<Keys>;

/** Hears about the keys that every account is entered with. */
export interface KeysWatch {
  /** They have ended. Nobody is entered until others are found, if they can be. */
  ended(why: string, canChange: boolean): void;
  /** Others were found, and accounts are entered again. */
  found(): void;
}

/** Tries of a throttled call. */
const maxAttempts = 10;

const clock = {
  now: () => performance.now(),
  until: async (at: number) => void (await sleep(Math.max(0, at - performance.now()))),
};

/**
 * Takes on the roles of many accounts with keys that are found once. The calls are paced together, since STS counts them
 * together. When the keys have ended, all accounts wait until the operator has signed in again.
 */
export class RoleEntrance {
  readonly #base: BaseKeys;
  readonly #lookEveryMs: number;
  readonly #calls = new CallQueue(clock);
  readonly #watches = new Set<KeysWatch>();
  readonly #over = new AbortController();
  /** Settles when the base has keys that work. */
  #waiting: Promise<void> | undefined;

  constructor(base: BaseKeys, lookEveryMs: number) {
    this.#base = base;
    this.#lookEveryMs = lookEveryMs;
  }

  /** Tells what becomes of the keys, until the returned function is called. */
  watch(one: KeysWatch): () => void {
    this.#watches.add(one);
    return () => void this.#watches.delete(one);
  }

  /** Returns a role's keys. It may wait for the operator to sign in again. Throws AWS's refusal. */
  async enter(assume: Assume): Promise<Keys> {
    for (;;) {
      await this.#waiting;
      let keys: Keys | undefined;
      try {
        keys = await this.#base.keys();
        return await this.#untilTaken(assume, keys);
      } catch (error) {
        if (this.#over.signal.aborted || classify(error).kind !== 'credentials') throw error;
        await this.#untilOthers(keys, error, assume);
      }
    }
  }

  /** Ends every wait. */
  close(): void {
    this.#over.abort();
  }

  /** Many accounts find out at the same time that the keys have ended: others are looked for once. */
  async #untilOthers(ended: Keys | undefined, error: unknown, assume: Assume): Promise<void> {
    if (this.#waiting === undefined && ended !== undefined) {
      const present = await this.#base.keys().catch(() => undefined);
      if (present !== undefined && !sameKeys(present, ended)) return undefined;
    }
    this.#waiting ??= this.#lookForOthers(error, assume).finally(() => {
      this.#waiting = undefined;
    });
    return this.#waiting;
  }

  /** Looks for keys that STS takes, again and again. Throws the refusal where there can be no others. */
  async #lookForOthers(refusal: unknown, assume: Assume): Promise<void> {
    let hasSaid = false;
    while (!(await this.#opens(assume))) {
      const canChange = !this.#base.keysCannotChange;
      if (!hasSaid) {
        const why = await this.#reason(refusal);
        for (const one of this.#watches) one.ended(why, canChange);
      }
      hasSaid = true;
      if (canChange) await sleep(this.#lookEveryMs, undefined, {signal: this.#over.signal}).catch(() => {});
      if (!canChange || this.#over.signal.aborted) throw refusal;
    }
    if (hasSaid) for (const one of this.#watches) one.found();
  }

  /** Looks for new keys. Returns true if STS knows them: the door may still be closed to them. */
  async #opens(assume: Assume): Promise<boolean> {
    this.#base.renew();
    try {
      await assume(await this.#base.keys());
      return true;
    } catch (error) {
      return classify(error).kind !== 'credentials';
    }
  }

  async #reason(refusal: unknown): Promise<string> {
    const profile = await this.#base.profile().catch(() => undefined);
    const {name, message, remedy} = classify(refusal, undefined, profile);
    const how = this.#base.keysCannotChange
      ? 'the keys are those of the environment: export new ones, then handrail fleet resume'
      : remedy;
    return `${name}: ${message}${how === undefined ? '' : `; ${how}`}`;
  }

  async #untilTaken(assume: Assume, base: Keys): Promise<Keys> {
    for (let attempt = 1; ; attempt += 1) {
      const begun = await this.#calls.turn(this.#over.signal);
      try {
        const keys = await assume(base);
        this.#calls.learn(begun, {ok: true});
        return keys;
      } catch (error) {
        const fault = classify(error);
        this.#calls.learn(begun, {ok: false, fault});
        if (attempt >= maxAttempts || fault.kind !== 'throttled') throw error;
      }
    }
  }
}
