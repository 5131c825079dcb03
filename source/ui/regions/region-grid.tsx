import type {ReactNode} from 'react';
import type {RunState} from '../../engine/model/state.ts';
import {span, type Line} from '../../text/line.ts';
import {Lines} from '../components/lines.tsx';
import {signs} from '../../wording/signs.ts';
import {regionsIn, rowOf, type GridRow} from './groups/grid-rows.ts';
import {gridWindow, type GridPlace} from './groups/grid-window.ts';
import {problem} from './region-list.ts';
import {
  disabledLine,
  gridColumns,
  gridHeading,
  gridLine,
  hiddenText,
  listText,
  type GridColumns,
} from './region-rows.ts';
import {groupHeading, needTitle, remedyLine, sharedLine} from './groups/group-lines.ts';

interface Props {
  readonly state: RunState;
  /** ms since the epoch. */
  readonly now: number;
  readonly columns: number;
  readonly rows: number;
  readonly place: GridPlace;
}

/** The Regions by need, one in a line. Those that nothing tells apart share one. */
export function RegionGrid({state, now, columns, rows, place}: Props): ReactNode {
  return <Lines lines={gridLines(state, now, columns, rows, place)} columns={columns} rows={rows} />;
}

function gridLines(
  state: RunState,
  now: number,
  columns: number,
  height: number,
  place: GridPlace,
): readonly Line[] {
  const {view, selected, filtering} = place;
  const widths = gridColumns(state, columns);
  const {rows, visible, first} = gridWindow(state, height, place);
  const chosen = rowOf(visible, selected);
  const hinted = visible.findLastIndex(({kind}) => kind === 'shared');
  const shown = rows.reduce((sum, row) => sum + regionsIn(row).length, 0);
  const note = listText(view, shown, state.lanes.size);
  const title = first?.kind === 'heading' ? needTitle(state, first.need) : 'region';
  const lines = visible.map((row, index) =>
    rowLine(state, row, {now, columns, widths, chosen: index === chosen, hinted: index === hinted}),
  );
  return [
    gridHeading(widths, title),
    ...lines,
    ...(rows.length === 0 && state.lanes.size > 0 ? [[span('  No Region is like that.', 'quiet')]] : []),
    ...(filtering
      ? [filterLine(view.filter, shown, state.lanes.size)]
      : rows.length > visible.length || note !== ''
        ? [hiddenLine(state, rows, visible, note)]
        : []),
  ];
}

/** How a row is drawn. */
interface Drawing {
  readonly now: number;
  readonly columns: number;
  readonly widths: GridColumns;
  readonly chosen: boolean;
  readonly hinted: boolean;
}

function rowLine(state: RunState, row: GridRow, drawing: Drawing): Line {
  const {now, widths, chosen} = drawing;
  switch (row.kind) {
    case 'heading':
      return groupHeading(state, row);
    case 'region':
      return gridLine(state, row.row, now, widths, chosen);
    case 'shared':
      return sharedLine(state, row, drawing);
    case 'remedy':
      return remedyLine(row.text);
    case 'disabled':
      return disabledLine(row.regions, widths);
  }
}

function filterLine(filter: string, shown: number, all: number): Line {
  return [span('  / ', 'accent'), span(filter), span('▏', 'accent'), span(`  ${shown} of ${all}`, 'quiet')];
}

/** Summarizes the rows out of sight. A hidden problem must be mentioned. */
function hiddenLine(
  state: RunState,
  rows: readonly GridRow[],
  visible: readonly GridRow[],
  note: string,
): Line {
  const seen = new Set(visible);
  const hidden = rows.filter((row) => !seen.has(row));
  const text = [note, hiddenText(state, hidden)].filter(Boolean).join(' · ');
  return hidden.some((row) => regionsIn(row).some(({attention}) => attention <= problem))
    ? [span(`${signs.retry.glyph} `, signs.retry.tone), span(text, 'title')]
    : [span(`  ${text}`, 'quiet')];
}
