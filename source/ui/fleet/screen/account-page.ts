import {accountLabel} from '../../../fleet/account.ts';
import {standing} from '../../../fleet/fleet-end.ts';
import type {FleetState} from '../../../fleet/state.ts';
import {blank, span, type Line} from '../../../text/line.ts';
import {wrap} from '../../../text/width.ts';
import {planLines, planTitle} from '../../../wording/decision/change-lines.ts';

/** Formats what is known of an account, in lines of at most `columns`: where it stands, and why in full. */
export function accountPage({accounts, started}: FleetState, id: string, columns: number): readonly Line[] {
  const row = accounts.get(id);
  const left = started?.skipped.find(({account}) => account.id === id);
  const account = row?.account ?? left?.account ?? {id};
  const tags = Object.entries(account.tags ?? {}).map(([key, value]) => `${key}=${value}`);
  const changes = row?.look?.changes ?? [];
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['Unit', account.ou],
    ['Tags', tags.length === 0 ? undefined : tags.join(', ')],
    ['Role', account.role ?? started?.role],
    ['Stands', row === undefined ? `left alone: ${left?.why ?? ''}` : standing(row)],
    ['Why', row?.end?.message ?? row?.look?.message],
    ['Unknown', (row?.end?.unknown ?? row?.look?.unknown ?? []).join(', ') || undefined],
    ['Wave', row?.wave === undefined ? undefined : String(row.wave)],
    ['Look', row?.lookRun],
    ['Run', row?.run],
  ];
  return [
    [span(` ${accountLabel(account)}`, 'title')],
    ...facts.flatMap(([name, text]) =>
      text === undefined || text === ''
        ? []
        : wrap(text, columns - 12).map((part, line): Line => [
            span(`  ${(line === 0 ? name : '').padEnd(9)}`, 'quiet'),
            span(part),
          ]),
    ),
    ...(changes.length === 0
      ? []
      : [blank, [span(`  ${planTitle(changes)}`, 'title')] as Line, ...planLines({changes}, columns)]),
  ];
}
