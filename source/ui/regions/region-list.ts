import {oncePer} from '../../engine/persistent/memoize.ts';
import type {Lane, RunState, Truth} from '../../engine/model/state.ts';
import {truthOf} from '../../engine/queries/region-truth.ts';
import {regionNow} from '../../wording/region-status.ts';
import {truthWords} from '../../wording/signs.ts';

/** A Region as the grid lists it. */
export interface ListedRegion {
  readonly region: string;
  readonly lane: Lane;
  readonly truth: Truth;
  /** Urgency: 0 first. */
  readonly attention: number;
}

export const sorts = ['attention', 'name', 'findings'] as const;

/** The operator's view of the list: filter, order, selection. */
export interface ListView {
  /** By who needs attention, by name, or by how much was found in use. */
  readonly sort: (typeof sorts)[number];
  /** Words that all have to occur in a Region's row. */
  readonly filter: string;
  readonly problemsOnly: boolean;
}

export const wholeList: ListView = {sort: 'attention', filter: '', problemsOnly: false};

/** Attention up to which a Region counts as a problem: stopped, named as in use, or tried again. */
export const problem = 3;

/** The Regions in the run's order. Thousands of them are ranked once a state, not once a key. */
const ranked = oncePer((state: RunState): readonly ListedRegion[] =>
  state.lanes.entries().map(([region, lane]) => ({
    region,
    lane,
    truth: truthOf(state, lane),
    attention: regionNow(state, lane, state.now).attention,
  })),
);

/** Returns the Regions to list; where the sort does not tell them apart, in the run's order. */
export function listRegions(state: RunState, view: ListView): readonly ListedRegion[] {
  return lists(state)(view);
}

const lists = oncePer((state: RunState) => oncePer((view: ListView) => listed(state, view)));

function listed(state: RunState, view: ListView): readonly ListedRegion[] {
  const words = view.filter.toLowerCase().split(/\s+/).filter(Boolean);
  const kept = ranked(state).filter(
    (row) =>
      (!view.problemsOnly || row.attention <= problem) && words.every((word) => textOf(row).includes(word)),
  );
  return kept.toSorted(comparisons[view.sort]);
}

/** Returns the disabled Regions to list after all others: those that the run has no lane for. */
export function listDisabled({started, lanes}: RunState, view: ListView): readonly string[] {
  const words = view.filter.toLowerCase().split(/\s+/).filter(Boolean);
  return (started?.disabled ?? []).filter(
    (region) =>
      !view.problemsOnly &&
      lanes.get(region) === undefined &&
      words.every((word) => `${region} disabled`.includes(word)),
  );
}

const comparisons: Readonly<Record<ListView['sort'], (a: ListedRegion, b: ListedRegion) => number>> = {
  attention: (a, b) => a.attention - b.attention,
  name: (a, b) => (a.region < b.region ? -1 : 1),
  findings: (a, b) => findings(b) - findings(a),
};

function findings({lane}: ListedRegion): number {
  return Object.values(lane.cells).reduce((sum, {inUse = 0}) => sum + inUse, lane.usage.length);
}

/** Text that the filter searches. */
function textOf(row: ListedRegion): string {
  const {region, lane} = row;
  const cells = Object.values(lane.cells).map(({text}) => text);
  return [region, wordOf(row), lane.fault?.kind ?? '', ...cells].join(' ').toLowerCase();
}

/** Formats the knowledge about a Region in a word or two. */
export function wordOf({lane, truth}: ListedRegion): string {
  return lane.waived === undefined ? truthWords[truth] : 'waived';
}
