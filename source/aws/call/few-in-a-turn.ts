/** Waits until something may be done that weighs so much; 1 when absent. */
export type Gate = (weight?: number) => Promise<void>;

/**
 * Returns a gate that lets things of a weight of `most` go on in one turn of the event loop. Dozens of requests leave
 * together when Regions are looked at, and their answers come together. Keys and the screen would stand still until the
 * last of them is done. Those that come first go first, and one that weighs too much goes alone.
 */
export function fewInATurn(most: number): Gate {
  let inTurn = 0;
  let nextTurn: Promise<void> | undefined;
  function turn(): Promise<void> {
    nextTurn ??= new Promise((resolve) => {
      setImmediate(() => {
        nextTurn = undefined;
        inTurn = 0;
        resolve();
      });
    });
    return nextTurn;
  }
  return async (weight = 1) => {
    while (inTurn > 0 && inTurn + weight > most) await turn();
    inTurn += weight;
    void turn();
  };
}
