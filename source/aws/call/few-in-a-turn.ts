/**
 * Makes a function that waits until something may be done, a few of them in each turn of the event loop. Dozens of requests
 * leave together when Regions are looked at, and their answers come together: keys and the screen would stand still until
 * the last of them is done with. Those that come first are first.
 */
export function fewInATurn(most: number): () => Promise<void> {
  let inTurn = 0;
  let nextTurn: Promise<void> | undefined;
  const turn = (): Promise<void> => {
    nextTurn ??= new Promise((resolve) => {
      setImmediate(() => {
        nextTurn = undefined;
        inTurn = 0;
        resolve();
      });
    });
    return nextTurn;
  };
  return async () => {
    while (inTurn >= most) await turn();
    inTurn += 1;
    void turn();
  };
}
