interface Identified {
  readonly id: string;
}

/** Returns the entry with an id, a step for one; undefined when there is none. */
export function byId<T extends Identified>(entries: readonly T[], id: string | undefined): T | undefined {
  return entries.find((entry) => entry.id === id);
}

/** Returns the position of the entry with an id; -1 when there is none. */
export function indexById(entries: readonly Identified[], id: string | undefined): number {
  return entries.findIndex((entry) => entry.id === id);
}
