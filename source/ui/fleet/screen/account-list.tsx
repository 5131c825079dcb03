import type {ReactNode} from 'react';
import {blank, span, spread, type Line} from '../../../text/line.ts';
import {count} from '../../../wording/fault-text.ts';
import {Lines} from '../../components/lines.tsx';
import {windowStart} from '../../components/window-start.ts';
import {accountColumns, headingLine, rowLine} from '../accounts/account-columns.ts';
import type {Need} from '../accounts/account-item.ts';
import {keyOf, needTitles, type AccountRow} from '../accounts/account-rows.ts';
import type {FleetFrame, FleetScreenState} from './fleet-screen-state.ts';

interface Props {
  readonly frame: FleetFrame;
  readonly screen: FleetScreenState;
  readonly columns: number;
}

/** Lists the accounts by need; only the rows that are to be seen are formatted. */
export function AccountList({frame, screen, columns}: Props): ReactNode {
  return <Lines lines={listLines(frame, screen, columns)} columns={columns} rows={frame.listRows} />;
}

function listLines(
  {items, rows, listRows, shortId}: FleetFrame,
  screen: FleetScreenState,
  columns: number,
): readonly Line[] {
  const {view, filtering, selected, top} = screen;
  const isFiltered = view.filter !== '' || filtering;
  const found = rows.reduce((sum, row) => sum + sizeOf(row), 0);
  const filter: readonly Line[] = isFiltered
    ? [filterLine(view.filter, filtering, found, items.length, columns)]
    : [];
  const size = Math.max(0, listRows - filter.length);
  const chosen = selected === undefined ? -1 : rows.findIndex((row) => keyOf(row) === selected);
  const isCut = rows.length > size;
  const room = isCut ? size - 1 : size;
  const first = windowStart(rows.length, room, top, chosen);
  const visible = rows.slice(first, first + room);
  const widths = accountColumns(
    rows.flatMap((row) => (row.kind === 'account' ? [row.item] : [])),
    shortId,
    columns,
  );
  const heading = visible.findIndex(({kind}) => kind === 'heading');
  const lines = visible.map((row, index): Line => {
    if (row.kind === 'blank') return blank;
    if (row.kind === 'heading') return headingLine(row.title, widths, index === heading);
    return rowLine(row, widths, shortId, keyOf(row) === selected && selected !== undefined);
  });
  if (!isCut) return [...filter, ...lines];
  const above = rows.slice(0, first).reduce((sum, row) => sum + sizeOf(row), 0);
  return [...filter, ...lines, [span(`   ${moreText(above, rows.slice(first + room))}`, 'quiet')]];
}

function sizeOf(row: AccountRow): number {
  if (row.kind === 'account') return 1;
  return row.kind === 'several' ? row.items.length : 0;
}

/** Says what is out of sight: below, by need, since a folded group is one row. */
function moreText(above: number, below: readonly AccountRow[]): string {
  const byNeed = new Map<Need, number>();
  for (const row of below) {
    const need = needOf(row);
    if (need !== undefined) byNeed.set(need, (byNeed.get(need) ?? 0) + sizeOf(row));
  }
  const parts = [
    ...(above === 0 ? [] : [`${above} above`]),
    ...[...byNeed].map(([need, number]) => `${number} ${needTitles[need].toLowerCase()}`),
  ];
  return `${parts.join(' · ')}  ↑↓`;
}

function needOf(row: AccountRow): Need | undefined {
  if (row.kind === 'account') return row.item.need;
  return row.kind === 'several' ? row.items[0]?.need : undefined;
}

function filterLine(filter: string, filtering: boolean, found: number, all: number, columns: number): Line {
  return spread(
    [span(' / ', 'accent'), span(filter), span(filtering ? '▏' : '', 'accent')],
    [span(`${found} of ${count(all, 'account')} `, 'quiet')],
    columns,
  );
}
