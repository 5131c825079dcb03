/** A position's bits, this many at a time, are its way from the root to its piece. */
const bits = 5;
/** Values in a piece, and nodes below a node. */
const width = 1 << bits;

/** A piece of the list, or nodes one level further down. */
type Node = readonly unknown[];

/**
 * A list that is never changed. A changed list is a new one, which shares all but a few short arrays with the one it
 * was made from: that takes about the same time and memory however long the list is. {@link SharedList.pieces} makes
 * use of it too: what was worked out of a piece holds for every list that has the piece.
 */
export class SharedList<T> implements Iterable<T> {
  readonly length: number;
  /** Levels of nodes above the pieces. */
  private readonly height: number;
  private readonly root: Node;

  private constructor(length: number, height: number, root: Node) {
    this.length = length;
    this.height = height;
    this.root = root;
  }

  static of<T>(values: readonly T[]): SharedList<T> {
    let [height, nodes] = [0, grouped(values)];
    for (; nodes.length > 1; height += 1) nodes = grouped(nodes);
    return new SharedList(values.length, height, nodes[0] ?? []);
  }

  /** The value at a position; undefined where there is none. */
  at(position: number): T | undefined {
    if (position < 0 || position >= this.length) return undefined;
    let node = this.root;
    for (let level = this.height; level > 0; level -= 1) node = node[slotOf(position, level)] as Node;
    return node[slotOf(position, 0)] as T;
  }

  /** The list with another value at a position, which may be the one after the last. */
  with(position: number, value: T): SharedList<T> {
    const full = position >= width ** (this.height + 1);
    const height = full ? this.height + 1 : this.height;
    const root = replaced(full ? [this.root] : this.root, height, position, value);
    return new SharedList(Math.max(this.length, position + 1), height, root);
  }

  /** All values in order, in pieces of up to 32. The same array is the same piece, and is never changed. */
  pieces(): readonly (readonly T[])[] {
    let nodes: readonly Node[] = [this.root];
    for (let level = this.height; level > 0; level -= 1)
      nodes = ([] as Node[]).concat(...(nodes as Node[][]));
    return nodes as (readonly T[])[];
  }

  map<U>(change: (value: T) => U): SharedList<U> {
    return SharedList.of(Array.from(this, change));
  }

  [Symbol.iterator](): Iterator<T> {
    return ([] as T[]).concat(...this.pieces())[Symbol.iterator]();
  }
}

function slotOf(position: number, level: number): number {
  return (position >> (level * bits)) & (width - 1);
}

function grouped(values: readonly unknown[]): readonly Node[] {
  return Array.from({length: Math.ceil(values.length / width)}, (_, index) =>
    values.slice(index * width, (index + 1) * width),
  );
}

function replaced(node: Node, level: number, position: number, value: unknown): Node {
  const slot = slotOf(position, level);
  const copy = node.slice();
  copy[slot] = level === 0 ? value : replaced((node[slot] ?? []) as Node, level - 1, position, value);
  return copy;
}
