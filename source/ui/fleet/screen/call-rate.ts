/** Seconds that a rate is the mean of. */
const span = 5;

/** Calls a second, over the last few whole seconds. */
export class CallRate {
  readonly #counts = new Map<number, number>();

  /** Counts a call that was sent at `at` (ms since the epoch). */
  add(at: number): void {
    const second = Math.floor(at / 1000);
    this.#counts.set(second, (this.#counts.get(second) ?? 0) + 1);
    for (const old of this.#counts.keys()) if (old < second - span) this.#counts.delete(old);
  }

  /** Returns the rate at `now` (ms since the epoch). */
  at(now: number): number {
    const second = Math.floor(now / 1000);
    const counts = Array.from({length: span}, (_, ago) => this.#counts.get(second - 1 - ago) ?? 0);
    return Math.round(counts.reduce((sum, count) => sum + count, 0) / span);
  }
}
