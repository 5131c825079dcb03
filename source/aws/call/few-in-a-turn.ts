/** Requests that are made in one turn of the event loop: each takes a millisecond or two to be made and signed. */
const mostInTurn = 6;

let inTurn = 0;
let nextTurn: Promise<void> | undefined;

/**
 * Waits until a request may be made. Dozens leave together when Regions are looked at; keys and the screen would stand
 * still until the last of them is signed. Those that come first leave first.
 */
export async function fewInATurn(): Promise<void> {
  while (inTurn >= mostInTurn) await turn();
  inTurn += 1;
  void turn();
}

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
