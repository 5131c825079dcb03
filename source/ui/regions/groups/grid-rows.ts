import {worksOf} from '../../../engine/evolve/active-steps.ts';
import {oncePer} from '../../../engine/persistent/memoize.ts';
import type {RunState} from '../../../engine/model/state.ts';
import {isRetrying} from '../../../wording/region-status.ts';
import {groupsOf, type Entry, type Group, type ListedRegion} from './region-groups.ts';
import {isGrouped, listDisabled, listRegions, type ListView} from '../region-list.ts';
import type {Need} from './region-need.ts';
import type {Cause} from './shared-cause.ts';

/** A row of the grid below its heading. */
export type GridRow =
  | {readonly kind: 'heading'; readonly need: Need; readonly size: number}
  | {readonly kind: 'region'; readonly row: ListedRegion}
  /** One line for several Regions: they share a cause, or nothing tells them apart. */
  | {
      readonly kind: 'shared';
      readonly need: Need;
      readonly rows: readonly ListedRegion[];
      readonly cause?: Cause;
    }
  /** What the operator can do about the row above. */
  | {readonly kind: 'remedy'; readonly text: string}
  | {readonly kind: 'disabled'; readonly regions: readonly string[]};

/** Rows from which on the groups have headings. Fewer are all needed for Regions. */
const leastForHeadings = 8;

/** Returns the rows of the grid for `room` rows, with all that does not fit. */
export function gridRows(state: RunState, view: ListView, room: number): readonly GridRow[] {
  return remembered(state)(view)(room);
}

const remembered = oncePer((state: RunState) =>
  oncePer((view: ListView) => {
    const known = new Map<number, readonly GridRow[]>();
    return (room: number): readonly GridRow[] => {
      const rows = known.get(room) ?? (isGrouped(view) ? grouped(state, view, room) : flat(state, view));
      known.set(room, rows);
      return rows;
    };
  }),
);

function flat(state: RunState, view: ListView): readonly GridRow[] {
  return [
    ...listRegions(state, view).map((row): GridRow => ({kind: 'region', row})),
    ...listDisabled(state, view).map((region): GridRow => ({kind: 'disabled', regions: [region]})),
  ];
}

function grouped(state: RunState, view: ListView, room: number): readonly GridRow[] {
  const groups = groupsOf(state);
  const disabled = listDisabled(state, view);
  const [unfolded, folded, bare] = [
    rowsOf(groups, ({entries}) => entries.flatMap(each), room >= leastForHeadings),
    rowsOf(groups, sharing, room >= leastForHeadings),
    rowsOf(groups, sharing, false),
  ];
  const oneByOne = disabled.map((region): GridRow => ({kind: 'disabled', regions: [region]}));
  const all = [...unfolded, ...oneByOne];
  const hasCauses = groups.some(({entries}) => entries.some(({cause}) => cause !== undefined));
  if (view.unfolded || (!hasCauses && all.length <= room)) return all;
  const last: readonly GridRow[] = disabled.length === 0 ? [] : [{kind: 'disabled', regions: disabled}];
  const remedied = [...folded.flatMap((row) => [row, ...remedyOf(row)]), ...last];
  // The first heading shares the line of the columns' headings.
  const fits = (rows: readonly GridRow[]): boolean =>
    rows.length - Number(rows[0]?.kind === 'heading') <= room;
  const choices = [remedied, [...folded, ...last]];
  return choices.find(fits) ?? [...bare, ...last];
}

function rowsOf(
  groups: readonly Group[],
  rows: (group: Group) => readonly GridRow[],
  headings: boolean,
): readonly GridRow[] {
  return groups.flatMap((group) => groupRows(group, rows(group), headings));
}

function groupRows({need, size}: Group, rows: readonly GridRow[], headings: boolean): readonly GridRow[] {
  // A single line for the whole group says what it is.
  const [first] = rows;
  const needless = rows.length === 1 && first?.kind === 'shared' && first.cause === undefined;
  return headings && !needless ? [{kind: 'heading', need, size}, ...rows] : rows;
}

function each({rows}: Entry): readonly GridRow[] {
  return rows.map((row) => ({kind: 'region', row}));
}

/** The group's rows, with one line for those that nothing tells apart. */
function sharing({need, entries}: Group): readonly GridRow[] {
  const plain = entries.flatMap(({rows, cause}) => (cause === undefined ? rows.filter(isPlain) : []));
  if (plain.length < 2) return entries.flatMap((entry) => entryRows(need, entry));
  return [
    ...entries.flatMap((entry) =>
      entry.cause === undefined && entry.rows.every(isPlain) ? [] : entryRows(need, entry),
    ),
    {kind: 'shared', need, rows: plain},
  ];
}

function entryRows(need: Need, entry: Entry): readonly GridRow[] {
  const {rows, cause} = entry;
  return cause === undefined ? each(entry) : [{kind: 'shared', need, rows, cause}];
}

/** Returns true if nothing is known of the Region but its need. */
function isPlain({need, lane}: ListedRegion): boolean {
  if (need === 'clear' || need === 'unchecked') return true;
  if (need === 'waived') return lane.waived?.unlooked === true;
  if (need !== 'working') return false;
  const isInUse = Object.values(lane.cells).some(({inUse = 0}) => inUse > 0);
  return !isInUse && !worksOf(lane).some(isRetrying);
}

function remedyOf(row: GridRow): readonly GridRow[] {
  const fault = row.kind === 'shared' ? row.cause?.fault : regionsIn(row)[0]?.lane.fault;
  return needIn(row) === 'operator' && fault?.remedy !== undefined
    ? [{kind: 'remedy', text: fault.remedy}]
    : [];
}

/** The Regions of a row, in order; none for a heading. */
export function regionsIn(row: GridRow): readonly ListedRegion[] {
  return row.kind === 'region' ? [row.row] : row.kind === 'shared' ? row.rows : [];
}

/** The need of a row's Regions; undefined where it has none. */
export function needIn(row: GridRow | undefined): Need | undefined {
  return row === undefined ? undefined : row.kind === 'heading' ? row.need : regionsIn(row)[0]?.need;
}

/** Index of the row that a Region stands in; -1 where it stands in none. */
export function rowOf(rows: readonly GridRow[], region: string | undefined): number {
  return rows.findIndex((row) => regionsIn(row).some((one) => one.region === region));
}
