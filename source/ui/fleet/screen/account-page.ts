import {accountLabel, type Account} from '../../../fleet/account.ts';
import {standing} from '../../../fleet/fleet-end.ts';
import type {AccountState, FleetState} from '../../../fleet/state.ts';
import {blank, span, type Line} from '../../../text/line.ts';
import {wrap} from '../../../text/width.ts';
import {planLines, planTitle} from '../../../wording/decision/change-lines.ts';

/** Formats what is known of an account, in lines of at most `columns`: where it stands, and why in full. */
export function accountPage(state: FleetState, id: string, columns: number): readonly Line[] {
  const row = state.accounts.get(id);
  const left = state.started?.skipped.find(({account}) => account.id === id);
  const account = row?.account ?? left?.account ?? {id};
  const changes = row?.look?.changes ?? [];
  const stands = row === undefined ? `left alone: ${left?.why ?? ''}` : standing(row);
  return [
    [span(` ${accountLabel(account)}`, 'title')],
    ...[
      ...accountFacts(account, state.started?.role),
      ['Stands', stands] as const,
      ...stateFacts(row),
    ].flatMap((fact) => factLines(fact, columns)),
    ...(changes.length === 0
      ? []
      : [blank, [span(`  ${planTitle(changes)}`, 'title')], ...planLines({changes}, columns)]),
  ];
}

type Fact = readonly [name: string, text: string | undefined];

function accountFacts({ou, tags = {}, role}: Account, usual: string | undefined): readonly Fact[] {
  const tagged = Object.entries(tags).map(([key, value]) => `${key}=${value}`);
  return [
    ['Unit', ou],
    ['Tags', tagged.join(', ')],
    ['Role', role ?? usual],
  ];
}

function stateFacts(row: AccountState | undefined): readonly Fact[] {
  if (row === undefined) return [];
  const {end, look, wave, lookRun, run} = row;
  const {message, unknown = []} = end ?? look ?? {};
  return [
    ['Why', message],
    ['Unknown', unknown.join(', ')],
    ['Wave', wave === undefined ? undefined : String(wave)],
    ['Look', lookRun],
    ['Run', run],
  ];
}

function factLines([name, text = '']: Fact, columns: number): readonly Line[] {
  if (text === '') return [];
  return wrap(text, columns - 12).map((part, line) => [
    span(`  ${(line === 0 ? name : '').padEnd(9)}`, 'quiet'),
    span(part),
  ]);
}
