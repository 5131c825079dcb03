/** A position's bits, this many at a time, are its way from the whole list to its piece. */
const bits = 5;
/** Most values in a piece, and most parts in a part. */
const width = 1 << bits;

/** A part of a list, or all of it: a piece of up to 32 values, or up to 32 smaller parts. Never changed. */
export type Part<T> = {readonly values: readonly T[]} | {readonly parts: readonly Part<T>[]};

/**
 * A list that is never changed. A changed list is a new one that shares all but a few parts with the one it was made
 * from: that takes about the same time and memory however long the list is. Whatever was worked out of a part holds
 * for every list that has the part, so that it can be remembered: see {@link oncePer}.
 */
export class SharedList<T> implements Iterable<T> {
  readonly length: number;
  /** All of the list. */
  readonly whole: Part<T>;
  /** Levels of parts above the pieces. */
  private readonly height: number;

  private constructor(length: number, height: number, whole: Part<T>) {
    this.length = length;
    this.height = height;
    this.whole = whole;
  }

  static of<T>(values: readonly T[]): SharedList<T> {
    let height = 0;
    let parts: readonly Part<T>[] = grouped(values).map((piece) => ({values: piece}));
    for (; parts.length > 1; height += 1) parts = grouped(parts).map((some) => ({parts: some}));
    return new SharedList(values.length, height, parts[0] ?? {values: []});
  }

  /** The value at a position; undefined where there is none. */
  at(position: number): T | undefined {
    let part: Part<T> | undefined = this.whole;
    let level = this.height;
    for (; part !== undefined && 'parts' in part; level -= 1) part = part.parts[slotOf(position, level)];
    return position < 0 || position >= this.length ? undefined : part?.values[slotOf(position, level)];
  }

  /** The list with another value at a position, which may be the one after the last. */
  with(position: number, value: T): SharedList<T> {
    const full = position >= width ** (this.height + 1);
    const height = full ? this.height + 1 : this.height;
    const whole = replaced(full ? {parts: [this.whole]} : this.whole, height, position, value);
    return new SharedList(Math.max(this.length, position + 1), height, whole);
  }

  /** The list with a value more. */
  append(value: T): SharedList<T> {
    const {length} = this;
    return this.with(length, value);
  }

  map<U>(change: (value: T) => U): SharedList<U> {
    return SharedList.of(valuesOf(this.whole).map(change));
  }

  [Symbol.iterator](): Iterator<T> {
    return valuesOf(this.whole)[Symbol.iterator]();
  }
}

function valuesOf<T>(part: Part<T>): readonly T[] {
  return 'values' in part ? part.values : ([] as T[]).concat(...part.parts.map(valuesOf<T>));
}

function slotOf(position: number, level: number): number {
  return (position >> (level * bits)) & (width - 1);
}

function grouped<V>(values: readonly V[]): readonly (readonly V[])[] {
  return Array.from({length: Math.ceil(values.length / width)}, (_, index) =>
    values.slice(index * width, (index + 1) * width),
  );
}

function replaced<T>(part: Part<T> | undefined, level: number, position: number, value: T): Part<T> {
  const slot = slotOf(position, level);
  if (level === 0)
    return {values: withAt(part !== undefined && 'values' in part ? part.values : [], slot, value)};
  const parts = part !== undefined && 'parts' in part ? part.parts : [];
  return {parts: withAt(parts, slot, replaced(parts[slot], level - 1, position, value))};
}

function withAt<V>(list: readonly V[], slot: number, value: V): readonly V[] {
  const copy = list.slice();
  copy[slot] = value;
  return copy;
}
