import {oncePer} from '../../engine/persistent/memoize.ts';
import type {RunState} from '../../engine/model/state.ts';
import {columnsOf} from '../../engine/queries/region-truth.ts';
import {padEnd, width} from '../../text/width.ts';
import {gridCell} from './grid-cell.ts';
import {span, type Line, type Span} from '../../text/line.ts';
import {wordOf, type ListedRegion, type ListView} from './region-list.ts';
import {regionNow} from '../../wording/region-status.ts';
import {count} from '../../wording/fault-text.ts';
import {signs} from '../../wording/signs.ts';

/** Columns of the grid's parts; the NOW part takes the rest. */
export interface GridColumns {
  readonly region: number;
  readonly cells: readonly {readonly name: string; readonly columns: number}[];
}

const gap = 2;
/** A sign and a space. */
const signColumns = 2;
const leastNow = 22;

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
    region: longest(state.lanes.regions(), 6, 24),
    cells: columnsOf(state).map((name) => ({
      name,
      columns: longest([name, ...lanes.map((lane) => gridCell(state, lane, name).text)], 9, 18) + signColumns,
    })),
  };
});

/** Distributes `columns`. Where they do not suffice, cells shrink from the right, since NOW matters most. */
export function gridColumns(state: RunState, columns: number): GridColumns {
  const wish = wished(state);
  let left = columns - 2 - wish.region - gap - leastNow;
  const cells = wish.cells.flatMap((cell) => {
    left -= cell.columns + gap;
    return left < 0 ? [] : [{name: cell.name, columns: cell.columns + gap}];
  });
  return {region: wish.region + gap, cells};
}

export function gridHeading({region, cells}: GridColumns): Line {
  const names = cells.map((cell) => padEnd(`  ${cell.name.toUpperCase()}`, cell.columns));
  return [span(`  ${padEnd('REGION', region)}${names.join('')}  NOW`, 'quiet')];
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
    span(`${sign.glyph} `, sign.tone),
    span(text, quiet),
  ];
}

/** Counts the Regions of a list by knowledge, once a list at any scroll position. */
const wordsOf = oncePer((list: readonly ListedRegion[]): ReadonlyMap<string, number> => {
  const words = new Map<string, number>();
  for (const row of list) words.set(wordOf(row), (words.get(wordOf(row)) ?? 0) + 1);
  return words;
});

/** Shows a Region that the account has disabled: it has no lane, so the words take the room of the cells. */
export function disabledLine(region: string, columns: GridColumns): Line {
  const {glyph, tone} = signs.skipped;
  return [
    span(`  ${padEnd(region, columns.region)}`, 'quiet'),
    span(`${glyph} `, tone),
    span('disabled for this account: not looked at', 'quiet'),
  ];
}

/** Summarizes the hidden rows of a list, such as `28 more Regions clear`. */
export function foldText(
  list: readonly ListedRegion[],
  visible: readonly ListedRegion[],
  disabled: number,
): string {
  const shown = wordsOf(visible);
  const hidden = [...wordsOf(list), ['disabled', disabled] as const]
    .map(([word, number]) => ({word, number: number - (shown.get(word) ?? 0)}))
    .filter(({number}) => number > 0);
  const more = `${count(list.length - visible.length + disabled, 'more Region', 'more Regions')}`;
  if (hidden.length === 1) return `${more} ${hidden[0]?.word}`;
  return `${more}: ${hidden.map(({word, number}) => `${number} ${word}`).join(', ')}`;
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
