import {causeOf} from '../../fleet/cause.ts';
import {uncheckedGroups, uncheckedIn, uncheckedWhere} from '../../fleet/unchecked.ts';
import type {Fault} from '../../engine/model/fault.ts';
import {count, faultText} from '../../wording/fault-text.ts';
import {joined, type Block, type Item, type Phrase} from '../sections/section.ts';
import {accountLink} from './account-link.ts';
import type {ReportedAccount} from './model.ts';

/** Lists the Regions that are not known: those that AWS let nobody check, then those that were left out on purpose. */
export function notCheckedIn(accounts: readonly ReportedAccount[]): readonly Block[] {
  const entered = accounts.filter(({report}) => report !== undefined).length;
  const items = [
    ...unknownItems(accounts),
    ...uncheckedGroups(accounts, ({unchecked}) => unchecked).map((group): Item => {
      const isEvery = !group.inSome && group.rows.length > 1 && group.rows.length === entered;
      const every: Phrase = [`${uncheckedIn(group)}: every one that was entered`];
      return {
        text: [{code: uncheckedWhere(group)}, ': ', {data: group.why}],
        items: [isEvery ? every : namesOf(uncheckedIn(group), group.rows)],
      };
    }),
  ];
  return items.length === 0 ? [] : [{kind: 'list', items, otherwise: ''}];
}

interface Unknown {
  readonly account: ReportedAccount;
  readonly regions: readonly string[];
  readonly why: string;
}

/** One entry for Regions with one reason, with the accounts that have it and AWS's whole words once. */
function unknownItems(accounts: readonly ReportedAccount[]): readonly Item[] {
  const reasons = accounts.flatMap((account) =>
    [...Map.groupBy(account.unknown, (region) => reasonOf(account, region))].map(
      ([why, regions]): Unknown => ({account, regions, why}),
    ),
  );
  const alike = Map.groupBy(reasons, ({regions, why}) => JSON.stringify([causeOf(why), regions]));
  return [...alike.values()].map((those): Item => {
    const [{regions, why} = {regions: [], why: ''}] = those;
    const names = joined(
      regions.map((region) => [{code: region}]),
      ', ',
    );
    const rows = those.map(({account}) => account);
    return {
      text: [...names, ': ', {data: why}],
      items: [namesOf(`in ${count(rows.length, 'account')}`, rows)],
    };
  });
}

function reasonOf({report, unreadable}: ReportedAccount, region: string): string {
  const fault = report?.notLookedAt.find((one) => one.region === region)?.fault;
  if (fault === undefined) return unreadable ?? 'no reason is known';
  return faultText(fault as Fault);
}

function namesOf(how: string, rows: readonly ReportedAccount[]): Phrase {
  const names = joined(
    rows.map((row) => [accountLink(row)]),
    ', ',
  );
  return [`${how}: `, ...names];
}
