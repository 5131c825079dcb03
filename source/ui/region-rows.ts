import type {Lane, RunState} from '../engine/state.ts';
import {columnsOf, truthOf} from '../engine/truth.ts';
import {padEnd, width} from '../text/width.ts';
import {span, type Line, type Span} from './line.ts';
import {regionNow, type Now} from './region-now.ts';
import {truthWords} from './signs.ts';

/** A row of the Region grid. */
export interface RegionRow {
  readonly region: string;
  readonly lane: Lane;
  readonly now: Now;
}

/** The Regions, those that need attention first, otherwise in the run's order. */
export function regionRows(state: RunState, now: number): readonly RegionRow[] {
  return Object.entries(state.lanes)
    .map(([region, lane]) => ({region, lane, now: regionNow(state, lane, now)}))
    .sort((a, b) => a.now.attention - b.now.attention);
}

/** Columns of the grid's parts; the NOW part takes what is left. */
export interface GridColumns {
  readonly region: number;
  readonly cells: readonly {readonly name: string; readonly columns: number}[];
}

const gap = 2;
const leastNow = 22;

/** Shares `columns` out. Where they do not suffice, cells give way from the left, for NOW says what matters most. */
export function gridColumns(state: RunState, columns: number): GridColumns {
  const lanes = Object.values(state.lanes);
  const region = Math.min(18, Math.max(6, ...Object.keys(state.lanes).map((name) => name.length))) + gap;
  let left = columns - 2 - region - leastNow;
  const cells: {name: string; columns: number}[] = [];
  for (const name of columnsOf(state)) {
    const widestText = Math.max(width(name), ...lanes.map((lane) => width(lane.cells[name]?.text ?? '')));
    const needed = Math.max(8, Math.min(20, widestText)) + gap;
    if (needed > left) break;
    cells.push({name, columns: needed});
    left -= needed;
  }
  return {region, cells};
}

export function gridHeading({region, cells}: GridColumns): Line {
  const names = cells.map((cell) => padEnd(cell.name.toUpperCase(), cell.columns - gap) + ' '.repeat(gap));
  return [span(`  ${padEnd('REGION', region)}${names.join('')}NOW`, 'quiet')];
}

/** One Region in one line. What changes most stands at the right. */
export function gridLine(state: RunState, row: RegionRow, columns: GridColumns, selected: boolean): Line {
  const {sign, text, attention} = row.now;
  const quiet = attention >= 8 && !selected ? 'quiet' : undefined;
  const truth = truthOf(state, row.lane);
  const cells = columns.cells.map(({name, columns: room}): Span => {
    const cell = row.lane.cells[name];
    const inUse = (cell?.inUse ?? 0) > 0;
    // Nothing is the quietest when it looks like nothing.
    const text = cell?.inUse === 0 ? cell.text.replace(/^0 .*/, '–') : cell?.text;
    const shown = text ?? (truth === 'unknown' ? '?' : '');
    return span(padEnd(shown, room - gap) + ' '.repeat(gap), inUse ? undefined : 'quiet');
  });
  return [
    span(selected ? '▸ ' : '  ', 'accent'),
    span(padEnd(row.region, columns.region), selected ? 'selected' : quiet),
    ...cells,
    span(`${sign.glyph} `, sign.tone),
    span(text, quiet),
  ];
}

/** What the rows that are not shown hold, such as `28 more Regions clear`. */
export function foldText(state: RunState, hidden: readonly RegionRow[]): string {
  const truths = hidden.map((row) => truthOf(state, row.lane));
  const kinds = [...new Set(truths)];
  const more = `${hidden.length} more ${hidden.length === 1 ? 'Region' : 'Regions'}`;
  if (kinds.length === 1 && kinds[0] !== undefined) return `${more} ${truthWords[kinds[0]]}`;
  const parts = kinds.map((kind) => `${truths.filter((truth) => truth === kind).length} ${truthWords[kind]}`);
  return `${more}: ${parts.join(', ')}`;
}

/** The window of `size` rows that keeps `chosen` in sight. */
export function windowStart(length: number, size: number, chosen: number): number {
  if (chosen < size) return 0;
  return Math.max(0, Math.min(chosen - size + 1, length - size));
}
