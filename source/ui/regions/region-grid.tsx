import type {ReactNode} from 'react';
import {oncePer} from '../../engine/persistent/memoize.ts';
import type {RunState} from '../../engine/model/state.ts';
import {span, type Line} from '../../text/line.ts';
import {windowStart} from '../components/window-start.ts';
import {Lines} from '../components/lines.tsx';
import {listDisabled, listRegions, problem, type ListedRegion, type ListView} from './region-list.ts';
import {signs} from '../../wording/signs.ts';
import {disabledLine, foldText, gridColumns, gridHeading, gridLine, listText} from './region-rows.ts';

/** The operator's position in the list of Regions. */
export interface GridPlace {
  readonly view: ListView;
  /** The Region that the keyboard is on, when one was chosen. */
  readonly selected?: string | undefined;
  /** Index of the first visible row. */
  readonly top: number;
  /** The filter is being typed. */
  readonly filtering: boolean;
}

interface Props {
  readonly state: RunState;
  /** ms since the epoch. */
  readonly now: number;
  readonly columns: number;
  readonly rows: number;
  readonly place: GridPlace;
}

/** The Regions, one in a line; those that need no attention are folded into a count when space is short. */
export function RegionGrid({state, now, columns, rows, place}: Props): ReactNode {
  return <Lines lines={gridLines(state, now, columns, rows, place)} columns={columns} rows={rows} />;
}

/** Rows for Regions, when there are `length` of them. The heading takes one, the folded rest another. */
export function gridWindow(length: number, rows: number, noted: boolean): number {
  const room = Math.max(0, rows - 1);
  return length > room || noted ? Math.max(0, room - 1) : room;
}

function gridLines(
  state: RunState,
  now: number,
  columns: number,
  rows: number,
  {view, selected, top, filtering}: GridPlace,
): readonly Line[] {
  const list = listRegions(state, view);
  const widths = gridColumns(state, columns);
  const all = state.lanes.size;
  const note = listText(view, list.length, all);
  const off = listDisabled(state, view);
  const size = gridWindow(list.length + off.length, rows, note !== '' || filtering);
  const chosen = list.findIndex((row) => row.region === selected);
  const start = windowStart(list.length, size, top, chosen);
  const visible = list.slice(start, start + size);
  const offVisible = off.slice(0, size - visible.length);
  const hidden = off.length - offVisible.length;
  const last: Line[] = filtering
    ? [
        [
          span('  / ', 'accent'),
          span(view.filter),
          span('▏', 'accent'),
          span(`  ${list.length} of ${all}`, 'quiet'),
        ],
      ]
    : list.length > visible.length || hidden > 0 || note !== ''
      ? [foldLine(note, list, visible, hidden)]
      : [];
  return [
    gridHeading(widths),
    ...visible.map((row) => gridLine(state, row, now, widths, row.region === selected)),
    ...offVisible.map((region) => disabledLine(region, widths)),
    ...(list.length + off.length === 0 && all > 0 ? [[span('  No Region is like that.', 'quiet')]] : []),
    ...last,
  ];
}

const problemsIn = oncePer(
  (list: readonly ListedRegion[]): number => list.filter(({attention}) => attention <= problem).length,
);

/** Summarizes the hidden rows. A hidden problem must be mentioned. */
function foldLine(
  note: string,
  list: readonly ListedRegion[],
  visible: readonly ListedRegion[],
  disabled: number,
): Line {
  const fold = list.length + disabled > visible.length ? foldText(list, visible, disabled) : '';
  const text = [note, fold].filter(Boolean).join(' · ');
  return problemsIn(list) > problemsIn(visible)
    ? [span(`${signs.retry.glyph} `, signs.retry.tone), span(text, 'title')]
    : [span(`  ${text}`, 'quiet')];
}
