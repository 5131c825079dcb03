const known = new WeakSet<object>();

/** The same value, with nothing in it that can be changed. */
export function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || known.has(value)) return value;
  known.add(value);
  for (const member of Object.values(value)) frozen(member);
  return Object.freeze(value);
}
