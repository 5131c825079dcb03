/**
 * Makes a function that waits until something may be done, a few of them in each turn of the event loop. Dozens of requests
 * leave together when Regions are looked at, and their answers come together: keys and the screen would stand still until
 * the last of them is done with. Those that come first are first.
 */
export function fewInATurn(most: number): () => Promise<void> {
  const gate = new TurnGate(most);
  return () => gate.pass();
}

class TurnGate {
  readonly #most: number;
  #passed = 0;
  #isTurnAwaited = false;
  /** Each lets one go on. Hundreds may wait, so that only those whose turn it is are woken. */
  #waiting: (() => void)[] = [];

  constructor(most: number) {
    this.#most = most;
  }

  async pass(): Promise<void> {
    if (this.#passed >= this.#most) return new Promise((resolve) => this.#waiting.push(resolve));
    this.#passed += 1;
    this.#awaitTurn();
    return undefined;
  }

  #awaitTurn(): void {
    if (this.#isTurnAwaited) return;
    this.#isTurnAwaited = true;
    setImmediate(() => {
      this.#isTurnAwaited = false;
      const next = this.#waiting.splice(0, this.#most);
      this.#passed = next.length;
      if (next.length > 0) this.#awaitTurn();
      for (const goOn of next) goOn();
    });
  }
}
