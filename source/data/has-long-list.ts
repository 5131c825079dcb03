/** Encoding and hashing 500 items takes 2 to 4 ms (measured), which is what keys may wait for. */
const manyItems = 500;
/** The lists of an event lie at most so deep in it. */
const deepest = 3;

/** Returns true for a value with a list of so many items that encoding it would hold up keys and the screen. */
export function hasLongList(value: unknown, depth = 0): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.length >= manyItems;
  return depth < deepest && Object.values(value).some((member) => hasLongList(member, depth + 1));
}
