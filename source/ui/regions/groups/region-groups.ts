import {oncePer} from '../../../engine/persistent/memoize.ts';
import type {Lane, RunState, Truth} from '../../../engine/model/state.ts';
import {truthOf} from '../../../engine/queries/region-truth.ts';
import {regionNow} from '../../../wording/region-status.ts';
import {needOf, needs, type Need} from './region-need.ts';
import {causeOf, type Cause} from './shared-cause.ts';

/** A Region as the grid lists it. */
export interface ListedRegion {
  readonly region: string;
  readonly lane: Lane;
  readonly truth: Truth;
  readonly need: Need;
  /** Urgency: 0 first. */
  readonly attention: number;
}

/** A line of a group: one Region, or several with one cause. */
export interface Entry {
  /** In the run's order; never empty. */
  readonly rows: readonly ListedRegion[];
  /** The cause that several Regions share. */
  readonly cause?: Cause;
}

/** Regions with the same need. */
export interface Group {
  readonly need: Need;
  readonly entries: readonly Entry[];
  /** Regions in it. */
  readonly size: number;
}

/** The run's Regions in its order. Thousands of them are ranked once a state, not once a key. */
export const rankedRegions = oncePer((state: RunState): readonly ListedRegion[] =>
  state.lanes.entries().map(([region, lane]) => ({
    region,
    lane,
    truth: truthOf(state, lane),
    need: needOf(state, lane),
    attention: regionNow(state, lane, state.now).attention,
  })),
);

/**
 * Returns the Regions by need, the most urgent first, without empty groups. Each visited Region is in exactly one
 * entry. Within a group the run's order holds, so that no event moves a Region past another.
 */
export const groupsOf = oncePer((state: RunState): readonly Group[] => {
  const byNeed = new Map<Need, ListedRegion[]>(needs.map((need) => [need, []]));
  for (const row of rankedRegions(state)) byNeed.get(row.need)?.push(row);
  return needs.flatMap((need) => {
    const rows = byNeed.get(need) ?? [];
    return rows.length === 0 ? [] : [{need, entries: byCause(need, rows), size: rows.length}];
  });
});

/** Regions from which a shared cause takes one line, by need. Retries come and go, so that a few keep their rows. */
const leastShared: Partial<Record<Need, number>> = {operator: 2, waived: 2, working: 4};

/** One entry for each cause, where its first Region stands. */
function byCause(need: Need, rows: readonly ListedRegion[]): readonly Entry[] {
  const least = leastShared[need];
  if (least === undefined) return rows.map((row) => ({rows: [row]}));
  const causes = new Map(rows.map((row) => [row.region, causeOf(row.lane)]));
  const shared = new Map<string, ListedRegion[]>();
  for (const row of rows) {
    const key = causes.get(row.region)?.key;
    const those = key === undefined ? undefined : shared.get(key);
    if (those !== undefined) those.push(row);
    else if (key !== undefined) shared.set(key, [row]);
  }
  return rows.flatMap((row): readonly Entry[] => {
    const cause = causes.get(row.region);
    const those = cause === undefined ? [] : (shared.get(cause.key) ?? []);
    if (cause === undefined || those.length < least) return [{rows: [row]}];
    return those[0] === row ? [{rows: those, cause}] : [];
  });
}
