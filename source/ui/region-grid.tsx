import type {ReactNode} from 'react';
import type {RunState} from '../engine/state.ts';
import {span, type Line} from './line.ts';
import {Lines} from './lines.tsx';
import {foldText, gridColumns, gridHeading, gridLine, regionRows, windowStart} from './region-rows.ts';

interface Props {
  readonly state: RunState;
  readonly now: number;
  readonly columns: number;
  readonly rows: number;
  /** The Region that the keyboard is on, when one was chosen. */
  readonly selected: string | undefined;
}

/** The Regions, one in a line; those that need no attention are folded into a count when space is short. */
export function RegionGrid({state, now, columns, rows, selected}: Props): ReactNode {
  return <Lines lines={gridLines(state, now, columns, rows, selected)} columns={columns} rows={rows} />;
}

function gridLines(
  state: RunState,
  now: number,
  columns: number,
  rows: number,
  selected: string | undefined,
): readonly Line[] {
  const all = regionRows(state, now);
  const widths = gridColumns(state, columns);
  const room = Math.max(0, rows - 1);
  const folded = all.length > room;
  const size = folded ? Math.max(0, room - 1) : room;
  const chosen = all.findIndex((row) => row.region === selected);
  const start = windowStart(all.length, size, chosen);
  const visible = all.slice(start, start + size);
  const hidden = [...all.slice(0, start), ...all.slice(start + size)];
  return [
    gridHeading(widths),
    ...visible.map((row) => gridLine(state, row, widths, row.region === selected)),
    ...(folded ? [[span(`  ${foldText(state, hidden)}`, 'quiet')]] : []),
  ];
}
