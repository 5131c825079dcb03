import {oncePer} from '../../engine/persistent/memoize.ts';
import type {Lane, RunState} from '../../engine/model/state.ts';
import {columnsOf} from '../../engine/queries/region-truth.ts';
import {padEnd, width} from '../../text/width.ts';
import {gridCell} from './grid-cell.ts';
import {span, type Line, type Span} from '../../text/line.ts';
import {checkedAt, checkedText} from './checked-at.ts';
import {needTitle} from './groups/group-lines.ts';
import {regionsIn, type GridRow} from './groups/grid-rows.ts';
import type {ListedRegion} from './groups/region-groups.ts';
import type {ListView} from './region-list.ts';
import {regionNow} from '../../wording/region-status.ts';
import {count} from '../../wording/fault-text.ts';
import {signs} from '../../wording/signs.ts';

/** Columns of the grid's parts; the NOW part takes the rest. */
export interface GridColumns {
  readonly region: number;
  readonly cells: readonly {readonly name: string; readonly columns: number}[];
  /** Columns of the time of the latest check; 0 where there is no room for it. */
  readonly checked: number;
}

const gap = 2;
/** A sign and a space. */
const signColumns = 2;
const leastNow = 20;
/** Columns that NOW keeps where the time of the check has a place. */
const nowBesideChecked = 24;
/** Columns of its heading and the space after it. */
const checkedColumns = 7 + gap;

/** Columns of the widest text, between a least and a most. */
function longest(texts: Iterable<string>, least: number, most: number): number {
  let columns = least;
  for (const text of texts) columns = Math.max(columns, width(text));
  return Math.min(most, columns);
}

/** Preferred columns of names and cells for any width of terminal. */
const wished = oncePer((state: RunState) => {
  const lanes = [...state.lanes];
  return {
    region: longest(state.lanes.regions(), 12, 24),
    cells: columnsOf(state).map((name) => ({
      name,
      columns: longest([name, ...lanes.map((lane) => gridCell(state, lane, name).text)], 9, 24) + signColumns,
    })),
  };
});

/**
 * Distributes `columns`. Where they do not suffice, cells give way from the right, since NOW matters most. The time of
 * the check is the first to go.
 */
export function gridColumns(state: RunState, columns: number): GridColumns {
  const wish = wished(state);
  let left = columns - 2 - wish.region - gap - leastNow;
  const cells = wish.cells.flatMap((cell) => {
    left -= cell.columns + gap;
    return left < 0 ? [] : [{name: cell.name, columns: cell.columns + gap}];
  });
  const checked =
    cells.length > 0 && left + leastNow - checkedColumns >= nowBesideChecked ? checkedColumns : 0;
  return {region: wish.region + gap, cells, checked};
}

/** Formats the heading of the columns. `title` heads the Regions. */
export function gridHeading({region, cells, checked}: GridColumns, title: string): Line {
  const names = cells.map((cell) => padEnd(`  ${cell.name.toUpperCase()}`, cell.columns));
  const when = checked === 0 ? '' : padEnd('CHECKED', checked);
  return [span(`  ${padEnd(title.toUpperCase(), region)}${names.join('')}${when}  NOW`, 'quiet')];
}

/**
 * Formats a Region in one line at `now` (ms since the epoch). The parts that change most stand at the right.
 */
export function gridLine(
  state: RunState,
  {region, lane}: ListedRegion,
  now: number,
  columns: GridColumns,
  selected: boolean,
): Line {
  const {sign, text, attention} = regionNow(state, lane, now);
  const quiet = attention >= 7 && !selected ? 'quiet' : undefined;
  const cells = columns.cells.flatMap(({name, columns: room}): readonly Span[] => {
    const cell = gridCell(state, lane, name);
    const words = padEnd(cell.text, room - signColumns - gap) + ' '.repeat(gap);
    return [
      span(`${cell.sign?.glyph ?? ' '} `, cell.sign?.tone),
      span(words, cell.sign?.glyph === '●' || cell.sign?.glyph === '!' ? undefined : 'quiet'),
    ];
  });
  return [
    span(selected ? '▸ ' : '  ', 'accent'),
    span(padEnd(region, columns.region), selected ? 'selected' : quiet),
    ...cells,
    ...(columns.checked === 0 ? [] : [span(checkedCell(state, lane, now, columns.checked), 'quiet')]),
    span(`${sign.glyph} `, sign.tone),
    span(text, quiet),
  ];
}

function checkedCell(state: RunState, lane: Lane, now: number, columns: number): string {
  const at = checkedAt(state, lane);
  return padEnd(at === undefined ? '' : checkedText(at, now), columns);
}

/** Shows Regions that the account has disabled: they have no lane, so the words take the room of the cells. */
export function disabledLine(regions: readonly string[], columns: GridColumns): Line {
  const {glyph, tone} = signs.skipped;
  const [first = ''] = regions;
  if (regions.length > 1) {
    const text = `${count(regions.length, 'Region')} disabled for this account: not checked`;
    return [span(`  ${glyph} `, tone), span(text, 'quiet')];
  }
  return [
    span(`  ${padEnd(first, columns.region)}`, 'quiet'),
    span(`${glyph} `, tone),
    span('disabled for this account: not checked', 'quiet'),
  ];
}

/** Summarizes the rows out of sight by what is known of them, such as `28 more Regions: 20 in use, 8 clear`. */
export function hiddenText(state: RunState, hidden: readonly GridRow[]): string {
  const words = new Map<string, number>();
  const add = (word: string, number: number): Map<string, number> =>
    number === 0 ? words : words.set(word, (words.get(word) ?? 0) + number);
  for (const row of hidden) {
    for (const {need, truth} of regionsIn(row)) {
      // A Region that waits for the operator's answer is in use until then.
      const inUse = need === 'waiting' && state.ended === undefined && truth === 'in-use';
      add(inUse ? 'in use' : needTitle(state, need), 1);
    }
    if (row.kind === 'disabled') add('disabled', row.regions.length);
  }
  if (words.size === 0) return '';
  const all = [...words.values()].reduce((sum, number) => sum + number, 0);
  const more = count(all, 'more Region');
  if (words.size === 1) return `${more} ${[...words.keys()][0]}`;
  return `${more}: ${[...words].map(([word, number]) => `${number} ${word}`).join(', ')}`;
}

/** Formats the list's filter and order, unless it is the whole list in its usual order. */
export function listText({sort, filter, problemsOnly}: ListView, shown: number, all: number): string {
  const parts = [
    problemsOnly ? 'only problems' : '',
    filter === '' ? '' : `only with “${filter}”`,
    sort === 'name' ? 'by name' : sort === 'findings' ? 'most in use first' : '',
  ].filter((part) => part !== '');
  if (parts.length === 0) return '';
  return `${shown === all ? count(all, 'Region') : `${shown} of ${count(all, 'Region')}`}, ${parts.join(', ')}`;
}
