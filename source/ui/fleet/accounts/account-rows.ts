import {oncePer} from '../../../engine/persistent/memoize.ts';
import {count} from '../../../wording/fault-text.ts';
import {signs, type Sign} from '../../../wording/signs.ts';
import {needs, type AccountItem, type Need} from './account-item.ts';
import {reasonsText} from './reasons-text.ts';

/** One row of the list of accounts. */
export type AccountRow =
  | {readonly kind: 'heading'; readonly title: string}
  | {readonly kind: 'blank'}
  /** A fact about several accounts that stand elsewhere in the list. */
  | {readonly kind: 'note'; readonly sign: Sign; readonly text: string}
  | {readonly kind: 'account'; readonly key: string; readonly item: AccountItem}
  /** One line for accounts with one cause, or in one state. */
  | {
      readonly kind: 'several';
      readonly key: string;
      readonly sign: Sign;
      readonly text: string;
      readonly items: readonly AccountItem[];
    };

/** How the operator wants the accounts listed. */
export interface AccountView {
  /** Words that a row must have. */
  readonly filter: string;
  /** Lines that are opened into their accounts; `all` opens every one. */
  readonly unfolded: ReadonlySet<string>;
}

/** The key that opens every line. */
export const everyLine = 'all';

/** What a group is called. */
export const needTitles: Readonly<Record<Need, string>> = {
  you: 'NEEDS YOU',
  unknown: 'UNKNOWN',
  inUse: 'IN USE',
  working: 'WORKING',
  asked: 'ASKED ABOUT',
  ready: 'READY',
  waiting: 'TO COME',
  done: 'DONE',
  skipped: 'LEFT ALONE',
};

/** Groups that are one line until they are opened. */
const folded: ReadonlySet<Need> = new Set(['asked', 'ready', 'waiting', 'done', 'skipped']);

/** Returns the rows of the list, the accounts that need somebody first. */
export function accountRows(
  items: readonly AccountItem[],
  view: AccountView,
  notes: readonly string[] = [],
): readonly AccountRow[] {
  const fitting = items.filter((item) => fits(item, view.filter));
  const byNeed = Map.groupBy(fitting, ({need}) => need);
  const rows: AccountRow[] = [];
  let folding = false;
  for (const need of needs) {
    const those = byNeed.get(need) ?? [];
    if (those.length === 0) continue;
    const group = groupRows(need, those, view);
    const isFolded = group.every(({kind}) => kind === 'several') && folded.has(need);
    // Folded groups stand together, set off from those with rows of their own.
    if (rows.length > 0 && !(isFolded && folding)) rows.push({kind: 'blank'});
    if (!isFolded) rows.push({kind: 'heading', title: needTitles[need]});
    rows.push(...group);
    folding = isFolded;
  }
  const fittingNotes = notes.filter((text) => has(text.toLowerCase(), view.filter));
  if (fittingNotes.length > 0 && rows.length > 0 && !folding) rows.push({kind: 'blank'});
  return [...rows, ...fittingNotes.map((text) => ({kind: 'note', sign: signs.skipped, text}) as const)];
}

/** Words by which the state of an account is found, besides those in its row. */
const searched = oncePer(({account, need, now, cause = '', wave}: AccountItem): string => {
  const {id, name = '', ou = '', tags = {}} = account;
  const tagged = Object.entries(tags).map(([key, value]) => `${key}=${value}`);
  const words = [
    id,
    name,
    ou,
    ...tagged,
    needTitles[need],
    now,
    cause,
    wave === undefined ? '' : `wave ${wave}`,
  ];
  return words.join(' ').toLowerCase();
});

function fits(item: AccountItem, filter: string): boolean {
  return filter === '' || has(searched(item), filter);
}

function has(text: string, filter: string): boolean {
  return filter
    .toLowerCase()
    .split(' ')
    .every((word) => text.includes(word));
}

function groupRows(
  need: Need,
  items: readonly AccountItem[],
  {filter, unfolded}: AccountView,
): readonly AccountRow[] {
  const isOpen = unfolded.has(everyLine) || (filter !== '' && folded.has(need));
  const byCause = Map.groupBy(items, ({cause, account}) => (folded.has(need) ? need : (cause ?? account.id)));
  return [...byCause].flatMap(([cause, those]): readonly AccountRow[] => {
    const key = `${need} ${cause}`;
    const [first] = those;
    const alone = those.length === 1 && !folded.has(need);
    if (first === undefined || alone || isOpen || unfolded.has(key)) return those.map(rowOf);
    return [{kind: 'several', key, sign: first.sign, text: severalText(need, those), items: those}];
  });
}

function rowOf(item: AccountItem): AccountRow {
  return {kind: 'account', key: item.account.id, item};
}

function severalText(need: Need, items: readonly AccountItem[]): string {
  const accounts = count(items.length, 'account');
  switch (need) {
    case 'you':
    case 'unknown':
    case 'inUse':
    case 'working':
      return `${items[0]?.cause ?? ''} in ${accounts}`;
    case 'asked':
      return `${accounts} in the decision below`;
    case 'ready':
      return `${accounts} ready to change`;
    case 'waiting':
      return `${accounts} not looked at yet`;
    case 'done': {
      const clear = items.filter(({cause}) => cause !== 'done').length;
      const done = items.length - clear;
      if (done === 0) return `${accounts} with nothing to change`;
      return `${count(done, 'account')} done${clear === 0 ? '' : `, ${clear} with nothing to change`}`;
    }
    case 'skipped':
      return `${accounts} left alone: ${reasonsText(items.map(({cause = ''}) => cause))}`;
  }
}

/** The key of a row that can be chosen. */
export function keyOf(row: AccountRow): string | undefined {
  return row.kind === 'account' || row.kind === 'several' ? row.key : undefined;
}
