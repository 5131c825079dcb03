/**
 * Lets as many calls through as it is given, or any number, until this host runs out of a resource. Then half of the calls in flight may
 * run in parallel. If that is still too much, it halves again, down to one.
 */
export class ConcurrencyGate {
  #limit: number;
  #active = 0;
  /** Counts the cuts: calls that were under way together fail together, and that is one. */
  #cuts = 0;
  readonly #waiting = new Set<() => void>();

  constructor(limit = Infinity) {
    this.#limit = limit;
  }

  /** Does some work when there is room for it; at once when `signal` aborts. `tooMuch` says that it hit the limit. */
  async pass<T>(work: () => Promise<T>, tooMuch: (result: T) => boolean, signal: AbortSignal): Promise<T> {
    while (this.#active >= this.#limit && !signal.aborted) await this.#room(signal);
    this.#active += 1;
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
      for (const wake of this.#waiting) wake();
    }
  }

  #room(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        this.#waiting.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.#waiting.add(wake);
      signal.addEventListener('abort', wake, {once: true});
    });
  }
}
