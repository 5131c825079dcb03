interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

/** Waits for times of a test's clock. */
export class Sleepers {
  readonly #all = new Set<Sleeper>();

  /** Resolves when it is woken, or when the signal aborts. */
  readonly until = (at: number, signal: AbortSignal): Promise<void> =>
    new Promise((wake) => {
      const sleeper = {at, wake};
      this.#all.add(sleeper);
      signal.addEventListener('abort', () => this.#wake(sleeper));
    });

  /** Wakes all whose time has come at `now`. */
  wakeDue(now: number): void {
    for (const sleeper of this.#all) if (sleeper.at <= now) this.#wake(sleeper);
  }

  /** The time of the first who wants to be woken; undefined when there is none. */
  get first(): number | undefined {
    return this.#all.size === 0 ? undefined : Math.min(...[...this.#all].map(({at}) => at));
  }

  #wake(sleeper: Sleeper): void {
    this.#all.delete(sleeper);
    sleeper.wake();
  }
}
