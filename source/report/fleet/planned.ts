import {alike} from '../../fleet/alike.ts';
import {count} from '../../wording/fault-text.ts';
import {proposed} from '../../wording/glossary/words.ts';
import {joined, type Block, type Item, type Phrase} from '../sections/section.ts';
import {target} from '../sections/target.ts';
import {accountLink} from './account-link.ts';
import type {FleetReport, ReportedAccount} from './model.ts';

type Planned = NonNullable<NonNullable<ReportedAccount['report']>['planned']>;

/** Lists every change that a plan showed, once for the accounts that share it; nothing where changes were to be made. */
export function plannedIn({mode, accounts}: FleetReport): readonly Block[] {
  if (mode !== 'plan') return [];
  const rows = accounts.filter((account) => plannedOf(account).length > 0);
  const items = alike(rows, (row) => ({id: row.id, changes: plannedOf(row)})).map((those): Item => {
    const [first] = those;
    const names = joined(
      those.map((row) => [accountLink(row)]),
      ', ',
    );
    const changes = first === undefined ? [] : plannedOf(first);
    const each = those.length === 1 ? '' : ' each';
    return {
      text: [...names, `: ${count(changes.length, 'change')}${each}`],
      // The first account's own id is not that of the others.
      items: changes.map((change) => changePhrase(change, those.length === 1 ? undefined : first?.id)),
    };
  });
  return items.length === 0 ? [] : [{kind: 'list', items, otherwise: ''}];
}

function plannedOf({report}: ReportedAccount): Planned {
  return report?.planned ?? [];
}

function changePhrase(change: Planned[number], id: string | undefined): Phrase {
  const {operation, detail} = change;
  const name = id === undefined ? change.target : change.target.replaceAll(id, '…');
  return [
    {code: operation},
    ...target({region: change.region, target: name}),
    ...(detail === undefined ? [] : [': ', {data: proposed(detail)}]),
  ];
}
