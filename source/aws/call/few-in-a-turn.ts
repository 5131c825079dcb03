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
  #nextTurn: Promise<void> | undefined;

  constructor(most: number) {
    this.#most = most;
  }

  async pass(): Promise<void> {
    while (this.#passed >= this.#most) await this.#turn();
    this.#passed += 1;
    void this.#turn();
  }

  #turn(): Promise<void> {
    this.#nextTurn ??= new Promise((resolve) => {
      setImmediate(() => {
        this.#nextTurn = undefined;
        this.#passed = 0;
        resolve();
      });
    });
    return this.#nextTurn;
  }
}
