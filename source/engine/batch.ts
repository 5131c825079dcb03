/** The collections that the batch under way has made itself; undefined outside of one. */
let own: WeakSet<object> | undefined;

/**
 * Does something synchronous that makes many states, of which only the last is kept. The collections in them are then
 * copied once instead of with each event: with thousands of lanes or items that is what makes time grow linearly. What
 * came in is never changed; what is made on the way must not be kept.
 */
export function inOneBatch<T>(work: () => T): T {
  if (own !== undefined) return work();
  own = new WeakSet();
  try {
    return work();
  } finally {
    own = undefined;
  }
}

/** A collection to change: a copy, or the value itself when the batch under way has made it. */
export function changeable<T extends object>(value: T, copy: (value: T) => T): T {
  if (own?.has(value) === true) return value;
  const made = copy(value);
  own?.add(made);
  return made;
}
