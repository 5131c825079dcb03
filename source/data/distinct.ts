/** Returns each value once, by its JSON; undefined where there is none. */
export function distinct<T>(values: readonly T[]): readonly T[] | undefined {
  if (values.length === 0) return undefined;
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}
