/**
 * Lets as many calls through as it is given, or any number, until this host runs out of a resource. Then half of the calls in flight may
 * run in parallel. If that is still too much, it halves again, down to one.
 */
export class ConcurrencyGate {
  #limit: number;
  #active = 0;
  /** Counts the cuts: calls that were under way together fail together, and that is one. */
  #cuts = 0;
  /** Calls that want to start, in the order in which they came. */
  readonly #waiting = new Set<() => void>();

  constructor(limit = Infinity) {
    this.#limit = limit;
  }

  /** Does some work when there is room for it; at once when `signal` aborts. `tooMuch` says that it hit the limit. */
  async pass<T>(work: () => Promise<T>, tooMuch: (result: T) => boolean, signal: AbortSignal): Promise<T> {
    if (this.#active < this.#limit || signal.aborted) this.#active += 1;
    else await this.#room(signal);
    const {cuts, active} = {cuts: this.#cuts, active: this.#active};
    try {
      const result = await work();
      if (tooMuch(result) && cuts === this.#cuts) {
        this.#limit = Math.max(1, Math.floor(active / 2));
        this.#cuts += 1;
      }
      return result;
    } finally {
      this.#active -= 1;
      // One place goes to one call: to wake thousands for it would cost more than the calls do.
      for (const start of this.#waiting) {
        if (this.#active >= this.#limit) break;
        start();
      }
    }
  }

  /** Waits for a place, and takes it. */
  #room(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const start = (): void => {
        this.#waiting.delete(start);
        signal.removeEventListener('abort', start);
        this.#active += 1;
        resolve();
      };
      this.#waiting.add(start);
      signal.addEventListener('abort', start, {once: true});
    });
  }
}
