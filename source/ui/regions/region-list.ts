import {oncePer} from '../../engine/persistent/memoize.ts';
import type {RunState} from '../../engine/model/state.ts';
import {truthWords} from '../../wording/glossary/words.ts';
import {rankedRegions, type ListedRegion} from './groups/region-groups.ts';
import {needs} from './groups/region-need.ts';

export const sorts = ['attention', 'name', 'findings'] as const;

/** The operator's view of the list: filter, order, selection. */
export interface ListView {
  /** By need, by name, or by how much was found in use. */
  readonly sort: (typeof sorts)[number];
  /** Words that all have to occur in a Region's row. */
  readonly filter: string;
  readonly problemsOnly: boolean;
  /** Every Region has a row, also where one line would do for several. */
  readonly unfolded: boolean;
}

export const wholeList: ListView = {sort: 'attention', filter: '', problemsOnly: false, unfolded: false};

/** Returns true if the list is grouped by need: it is neither filtered nor sorted otherwise. */
export function isGrouped({sort, filter, problemsOnly}: ListView): boolean {
  return sort === 'attention' && filter.trim() === '' && !problemsOnly;
}

/** Attention up to which a Region counts as a problem: stopped, named as in use, or tried again. */
export const problem = 3;

/** Returns the Regions to list; where the sort does not tell them apart, in the run's order. */
export function listRegions(state: RunState, view: ListView): readonly ListedRegion[] {
  return lists(state)(view);
}

const lists = oncePer((state: RunState) => oncePer((view: ListView) => listed(state, view)));

function listed(state: RunState, view: ListView): readonly ListedRegion[] {
  const words = view.filter.toLowerCase().split(/\s+/).filter(Boolean);
  const kept = rankedRegions(state).filter(
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
  attention: (a, b) => needs.indexOf(a.need) - needs.indexOf(b.need),
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
function wordOf({lane, truth}: ListedRegion): string {
  return lane.waived === undefined ? truthWords[truth] : 'waived';
}
