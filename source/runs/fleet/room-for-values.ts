import {getHeapSpaceStatistics, setFlagsFromString} from 'node:v8';

/** Size of the part of the heap for new values, in bytes: twice that of one of its halves. */
const enough = 16 * 1024 * 1024;

/** Time between two looks at it, in ms. */
const everyMs = 250;

/**
 * Lets the part of the heap for new values grow to two halves of 8 MiB. At the 1 MiB of a single run, a fleet fills it with
 * the values of its calls before these are answered: they outlive it, and have to be found among all others. Returns a
 * function that ends that.
 */
export function roomForValues(): () => void {
  adjust();
  const timer = setInterval(adjust, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}

/** The part grows by itself when many values outlive it, as long as it may. */
function adjust(): void {
  const room = getHeapSpaceStatistics().find(({space_name: name}) => name === 'new_space')?.space_size ?? 0;
  setFlagsFromString(`--semi-space-growth-factor=${room < enough ? 8 : 1}`);
}
