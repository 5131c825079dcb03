import {windowStart} from '../../components/window-start.ts';
import type {RunState} from '../../../engine/model/state.ts';
import {gridRows, needIn, regionsIn, rowOf, type GridRow} from './grid-rows.ts';
import type {ListedRegion} from './region-groups.ts';
import type {ListView} from '../region-list.ts';
import {listText} from '../region-rows.ts';

/** The operator's position in the list of Regions. */
export interface GridPlace {
  readonly view: ListView;
  /** The Region that the keyboard is on, when one was chosen. */
  readonly selected?: string | undefined;
  /** Number of rows scrolled past. */
  readonly top: number;
  /** The filter is being typed. */
  readonly filtering: boolean;
}

/** The rows in sight. */
export interface GridWindow {
  /** All rows, with those out of sight. */
  readonly rows: readonly GridRow[];
  readonly visible: readonly GridRow[];
  /** Index of the first scrolled row. */
  readonly top: number;
  /** The need of the Regions below the heading of the columns. */
  readonly first?: GridRow;
}

/**
 * Returns the rows that `height` rows show, the heading of the columns among them. Regions that need the operator stay
 * in sight, up to half of the room.
 */
export function gridWindow(state: RunState, height: number, place: GridPlace): GridWindow {
  const {view, selected, filtering} = place;
  const room = Math.max(0, height - 1);
  const listed = gridRows(state, view, room);
  // The first heading shares the line of the columns' headings.
  const [first] = listed;
  const rows = first?.kind === 'heading' ? listed.slice(1) : listed;
  const noted = filtering || listText(view, 0, 0) !== '';
  const size = rows.length > room || noted ? Math.max(0, room - 1) : room;
  const pinned = pinnedRows(rows, size);
  const rest = rows.slice(pinned);
  const chosen = rowOf(rest, selected);
  const top = windowStart(rest.length, size - pinned, place.top, chosen);
  const visible = [...rows.slice(0, pinned), ...rest.slice(top, top + size - pinned)];
  return {rows, visible, top, ...(first?.kind === 'heading' ? {first} : {})};
}

function pinnedRows(rows: readonly GridRow[], size: number): number {
  if (rows.length <= size) return 0;
  const next = rows.findIndex((row) => row.kind !== 'remedy' && needIn(row) !== 'operator');
  return Math.min(Math.max(0, next), Math.floor(size / 2));
}

/** Returns the place `by` rows further on: the Region that it is on, and the rows scrolled past. */
export function movedBy(state: RunState, height: number, place: GridPlace, by: number): GridPlace {
  const rows = gridRows(state, place.view, Math.max(0, height - 1)).filter(
    (row) => regionsIn(row).length > 0,
  );
  const found = rowOf(rows, place.selected);
  const from = found >= 0 ? found : by > 0 ? -1 : rows.length;
  const next = rows[Math.max(0, Math.min(from + by, rows.length - 1))];
  const moved = {...place, selected: next === undefined ? undefined : regionsIn(next)[0]?.region};
  return {...moved, top: gridWindow(state, height, moved).top};
}

/** Returns the Regions in the row under the keyboard; those of the first row where none was chosen. */
export function rowUnder(
  state: RunState,
  height: number,
  {view, selected}: GridPlace,
): readonly ListedRegion[] {
  const rows = gridRows(state, view, Math.max(0, height - 1)).filter((row) => regionsIn(row).length > 0);
  const row = rows[Math.max(0, rowOf(rows, selected))];
  return row === undefined ? [] : regionsIn(row);
}
