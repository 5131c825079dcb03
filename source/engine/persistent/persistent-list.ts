/** A position's bits, this many at a time, are its way from the whole list to its piece. */
const bits = 5;
/** Most values in a piece, and most parts in a part. */
const width = 1 << bits;

/** A part of a list, or all of it: a piece of up to 32 values, or up to 32 smaller parts. Never changed. */
type Part<T> = {readonly values: readonly T[]} | {readonly parts: readonly Part<T>[]};

/** Results by part of a list. A part stands here for itself only: its inside belongs to the list. */
export interface Memory<R> {
  get(part: object): R | undefined;
  set(part: object, result: R): void;
}

/** Something to work out of a list part by part. A remembered result holds for every list that shares the part. */
export interface Fold<T, R> {
  /** The result for one value. */
  readonly each: (value: T) => R;
  /** The result for neighbors, out of theirs: of values in a piece, then of parts in a part. */
  readonly together: (results: readonly R[]) => R;
  readonly memory: Memory<R>;
}

/** Makes a fold whose results are remembered as long as some list has the part. */
export function remembering<T, R>(each: Fold<T, R>['each'], together: Fold<T, R>['together']): Fold<T, R> {
  return {each, together, memory: new WeakMap<object, R>()};
}

/**
 * An immutable list. A changed list is a new one that shares all but a few parts with the old one. A change takes
 * about the same time and memory at any length. A {@link Fold} looks only at the other parts.
 */
export class SharedList<T> implements Iterable<T> {
  readonly length: number;
  private readonly whole: Part<T>;
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

  /** The fold's result for all values. */
  fold<R>(fold: Fold<T, R>): R {
    return folded(this.whole, fold);
  }

  /** Visits the values in order, without those parts whose result `skips` says can be left out. */
  visit<R>(visitor: (value: T) => void, fold: Fold<T, R>, skips: (result: R) => boolean): void {
    const visitPart = (part: Part<T>): void => {
      if (skips(folded(part, fold))) return;
      if ('values' in part) part.values.forEach(visitor);
      else part.parts.forEach(visitPart);
    };
    visitPart(this.whole);
  }

  /** The positions at which the list differs from one that it was made from, in order. Shared parts are not looked at. */
  changedSince(before: SharedList<T>): readonly number[] {
    let old = before.whole;
    for (let {height} = before; height < this.height; height += 1) old = {parts: [old]};
    return changed(this.whole, old, this.height, 0);
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

function folded<T, R>(part: Part<T>, fold: Fold<T, R>): R {
  const known = fold.memory.get(part);
  if (known !== undefined) return known;
  const results =
    'values' in part ? part.values.map(fold.each) : part.parts.map((below) => folded(below, fold));
  const result = fold.together(results);
  fold.memory.set(part, result);
  return result;
}

/** The positions at which a part differs from an earlier one of the same height. `first` is that of its first value. */
function changed<T>(now: Part<T>, before: Part<T> | undefined, level: number, first: number): number[] {
  if (now === before) return [];
  if ('values' in now) {
    const old = before !== undefined && 'values' in before ? before.values : [];
    return now.values.flatMap((value, index) =>
      index < old.length && value === old[index] ? [] : [first + index],
    );
  }
  const old = before !== undefined && 'parts' in before ? before.parts : [];
  return now.parts.flatMap((part, index) =>
    changed(part, old[index], level - 1, first + index * width ** level),
  );
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
