import {oncePer} from '../../../engine/persistent/memoize.ts';
import {span, type Line} from '../../../text/line.ts';
import {padEnd, width} from '../../../text/width.ts';
import type {AccountItem} from './account-item.ts';
import type {AccountRow} from './account-rows.ts';

/** Widths of the columns; 0 for one that has no room. */
export interface AccountColumns {
  readonly name: number;
  readonly id: number;
  readonly ou: number;
  readonly found: number;
  readonly wave: number;
  /** Ids are whole. */
  readonly wholeIds: boolean;
  /** Changes stand with their Regions. */
  readonly long: boolean;
}

const between = 2;

/** Fewest columns that the last one, which says how an account stands, keeps: of a narrow terminal, and of others. */
const leastNow = {narrow: 20, wide: 32} as const;

/** Columns that the title of the ids takes. */
const leastId = 7;

/** Columns of the texts of a row: with hundreds of rows, measuring them is most of a frame's work. */
const widthsOf = oncePer(({account, found, foundLong}: AccountItem) => ({
  name: width(account.name ?? account.id),
  ou: width(account.ou ?? ''),
  found: width(found),
  foundLong: width(foundLong),
}));

/** Lays the columns of these accounts out: first the name and how it stands, then as many others as fit. */
export function accountColumns(
  items: readonly AccountItem[],
  shortIds: (id: string) => string,
  columns: number,
): AccountColumns {
  const widest = (what: 'name' | 'ou' | 'found' | 'foundLong', most: number): number =>
    Math.min(
      most,
      items.reduce((widest, item) => Math.max(widest, widthsOf(item)[what]), 0),
    );
  const name = Math.max(9, widest('name', columns < 60 ? 14 : columns < 110 ? 18 : 28));
  // The sign with its spaces, and the name.
  let left = columns - 3 - name - between - (columns < 80 ? leastNow.narrow : leastNow.wide);
  const take = (wanted: number): number => {
    if (wanted === 0 || left < wanted + between) return 0;
    left -= wanted + between;
    return wanted;
  };
  const isNamed = items.some(({account}) => account.name !== undefined);
  const wholeIds = columns >= 100;
  const id = isNamed
    ? take(
        wholeIds
          ? 12
          : items.reduce((most, {account}) => Math.max(most, shortIds(account.id).length), leastId),
      )
    : 0;
  const long = columns >= 110;
  const found = take(Math.max(5, widest(long ? 'foundLong' : 'found', 24)));
  const wave = items.some((item) => item.wave !== undefined) ? take(4) : 0;
  const ou = take(columns < 80 ? 0 : widest('ou', columns < 140 ? 16 : 32));
  return {name, id, ou, found, wave, wholeIds, long};
}

/** Formats a group's title; over the first group stand the names of the columns too. */
export function headingLine(title: string, columns: AccountColumns, isFirst: boolean): Line {
  if (!isFirst) return [span(`   ${title}`, 'quiet')];
  return [
    span(`   ${padEnd(title, columns.name + between)}`, 'quiet'),
    ...cells(columns, {id: 'ACCOUNT', ou: 'OU', found: 'FOUND', wave: 'WAVE'}),
    span('NOW', 'quiet'),
  ];
}

/** Formats a row. The chosen one is marked, and bold. */
export function rowLine(
  row: Extract<AccountRow, {kind: 'account' | 'several' | 'note'}>,
  columns: AccountColumns,
  shortIds: (id: string) => string,
  chosen: boolean,
): Line {
  const tone = chosen ? ('selected' as const) : undefined;
  const mark = span(chosen ? '▸' : ' ', 'accent');
  if (row.kind !== 'account') {
    return [mark, span(`${row.sign.glyph} `, row.sign.tone), span(row.text, tone)];
  }
  const {account, sign, found, foundLong, wave, now} = row.item;
  return [
    mark,
    span(`${sign.glyph} `, sign.tone),
    span(padEnd(account.name ?? account.id, columns.name), tone),
    span(' '.repeat(between)),
    ...cells(columns, {
      id: columns.wholeIds ? account.id : shortIds(account.id),
      ou: account.ou ?? '',
      found: columns.long ? foundLong : found,
      wave: wave === undefined ? '' : String(wave),
    }),
    span(now, tone),
  ];
}

function cells(
  columns: AccountColumns,
  texts: Readonly<Record<'id' | 'ou' | 'found' | 'wave', string>>,
): Line {
  return (['id', 'ou', 'found', 'wave'] as const).flatMap((name) =>
    columns[name] === 0 ? [] : [span(padEnd(texts[name], columns[name] + between), 'quiet')],
  );
}
