import {SharedList, type Fold} from '../persistent/persistent-list.ts';

/** Lanes by Region, in the order of the run's Region list. Immutable: see {@link SharedList}. */
export class LaneMap<Lane> implements Iterable<Lane> {
  /** Region → index. Shared by all versions of one run's map. */
  private readonly positions: ReadonlyMap<string, number>;
  private readonly list: SharedList<Lane>;

  private constructor(positions: ReadonlyMap<string, number>, list: SharedList<Lane>) {
    this.positions = positions;
    this.list = list;
  }

  static of<Lane>(lanes: Iterable<readonly [region: string, lane: Lane]>): LaneMap<Lane> {
    const byRegion = new Map(lanes);
    const positions = new Map([...byRegion.keys()].map((region, position) => [region, position]));
    return new LaneMap(positions, SharedList.of([...byRegion.values()]));
  }

  get size(): number {
    return this.list.length;
  }

  /** The lane of a Region; undefined when the Region is none of the run's. */
  get(region: string): Lane | undefined {
    return this.list.at(this.positions.get(region) ?? -1);
  }

  /** The lane of the run's n-th Region, counted from 0. */
  at(position: number): Lane | undefined {
    return this.list.at(position);
  }

  /** With another lane for a Region; the same when the Region is none of the run's. */
  with(region: string, lane: Lane): LaneMap<Lane> {
    const position = this.positions.get(region);
    return position === undefined ? this : new LaneMap(this.positions, this.list.with(position, lane));
  }

  /** With a Region more, after the others. */
  add(region: string, lane: Lane): LaneMap<Lane> {
    const positions = new Map([...this.positions, [region, this.list.length]]);
    return new LaneMap(positions, this.list.append(lane));
  }

  map(change: (lane: Lane) => Lane): LaneMap<Lane> {
    return new LaneMap(this.positions, this.list.map(change));
  }

  /** The fold's result for all lanes. */
  fold<R>(fold: Fold<Lane, R>): R {
    return this.list.fold(fold);
  }

  /** The positions of the lanes that differ from those of earlier lanes of the run, in order. */
  changedSince(before: LaneMap<Lane>): readonly number[] {
    return this.list.changedSince(before.list);
  }

  regions(): readonly string[] {
    return [...this.positions.keys()];
  }

  entries(): readonly (readonly [region: string, lane: Lane])[] {
    return Array.from(this.positions, ([region, position]) => [region, this.list.at(position) as Lane]);
  }

  [Symbol.iterator](): Iterator<Lane> {
    return this.list[Symbol.iterator]();
  }
}
