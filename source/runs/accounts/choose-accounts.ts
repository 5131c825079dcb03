import {UsageError} from '../../cli/usage-error.ts';
import type {Account, ChosenAccounts} from '../../fleet/account.ts';
import {closestName} from '../../text/closest-name.ts';
import type {AccountList, ListedAccount, NeverRules} from './listed-account.ts';

/** What the command line says about accounts. */
export interface AccountFilters {
  /** Paths of organizational units: accounts in them or below stay. */
  readonly ous: readonly string[];
  /** `key=value`: accounts with all of them stay. */
  readonly tags: readonly string[];
  /** Ids or names: nothing else stays. */
  readonly only: readonly string[];
  /** Ids or names that go. */
  readonly exclude: readonly string[];
}

/** Returns the accounts that the filters leave, and why each other one is left alone. Throws {@link UsageError}. */
export function chooseAccounts(list: AccountList, filters: AccountFilters): ChosenAccounts {
  refuseUnknown(list, filters);
  const rows = list.listed.map((row) => ({
    account: row.account,
    why: neverWhy(row, list.never) ?? standingWhy(row) ?? filterWhy(row, filters),
  }));
  return {
    accounts: rows.flatMap(({account, why}) => (why === undefined ? [account] : [])),
    skipped: rows.flatMap(({account, why}) => (why === undefined ? [] : [{account, why}])),
  };
}

/** Why a rule of the source keeps an account out, whatever the command line says. */
function neverWhy({account, unplaced}: ListedAccount, never: NeverRules): string | undefined {
  if (never.accounts.includes(account.id)) return 'never: the list forbids this account';
  const unit = never.ous.find((path) => isIn(account, path));
  if (unit !== undefined) return `never: the list forbids accounts in ${unit}`;
  if (unplaced === true && never.ous.length > 0)
    return 'its organizational unit is not known, and the list forbids some';
  const tag = Object.entries(never.tags).find(([key, value]) => account.tags?.[key] === value);
  return tag === undefined ? undefined : `never: the list forbids the tag ${tag.join('=')}`;
}

function standingWhy({state}: ListedAccount): string | undefined {
  return state === undefined || state === 'ACTIVE' ? undefined : state;
}

function filterWhy(row: ListedAccount, {ous, tags, only, exclude}: AccountFilters): string | undefined {
  const {account} = row;
  const isNamed = (names: readonly string[]): boolean => names.some((name) => isCalled(account, name));
  if (isNamed(exclude)) return 'excluded by --exclude';
  if (only.length > 0 && !isNamed(only)) return 'not named by --only';
  if (ous.length > 0 && !ous.some((path) => isIn(account, path))) return `not in ${ous.join(' or ')} (--ou)`;
  const missing = tags.find((tag) => !hasTag(account, tag));
  if (missing !== undefined) return `without the tag ${missing} (--tag)`;
  if (row.management === true && only.length === 0) {
    return `the management account; --only ${account.id} takes it`;
  }
  return undefined;
}

function isCalled({id, name}: Account, text: string): boolean {
  return id === text || name === text;
}

function isIn({ou}: Account, path: string): boolean {
  const unit = path.replace(/^\/+|\/+$/g, '');
  return ou === unit || ou?.startsWith(`${unit}/`) === true;
}

function hasTag({tags}: Account, text: string): boolean {
  const [key, value] = tagOf(text);
  return tags !== undefined && Object.hasOwn(tags, key) && tags[key] === value;
}

function tagOf(text: string): readonly [string, string] {
  const sign = text.indexOf('=');
  return [text.slice(0, sign), text.slice(sign + 1)];
}

/** A filter that fits no account is mistyped. */
function refuseUnknown(list: AccountList, {ous, tags, only, exclude}: AccountFilters): void {
  const accounts = list.listed.map(({account}) => account);
  for (const [option, names] of [
    ['--only', only],
    ['--exclude', exclude],
  ] as const) {
    for (const name of names) refuseUnknownName(list.source, accounts, option, name);
  }
  const units = [...new Set(accounts.flatMap(({ou}) => ou ?? []))];
  for (const unit of ous) {
    if (accounts.some((account) => isIn(account, unit))) continue;
    const known = units.length === 0 ? 'it names no organizational unit' : meant(unit, withParents(units));
    throw new UsageError(`--ou ${unit}: ${list.source} has no account there; ${known}`);
  }
  for (const tag of tags) {
    if (!/^[^=]+=/.test(tag)) throw new UsageError(`--tag takes KEY=VALUE, such as stage=prod, not ${tag}`);
    if (accounts.some((account) => hasTag(account, tag))) continue;
    throw new UsageError(`--tag ${tag}: ${list.source} has no account with this tag`);
  }
}

function refuseUnknownName(source: string, accounts: readonly Account[], option: string, name: string): void {
  const called = accounts.filter((account) => isCalled(account, name));
  if (called.length === 0) {
    const names = accounts.flatMap((account) => [account.id, account.name ?? []].flat());
    const hint =
      /^\d+$/.test(name) && name.length < 12 ? 'ids have 12 digits, leading zeros too' : meant(name, names);
    throw new UsageError(`${option} ${name}: ${source} has no such account; ${hint}`);
  }
  if (called.length > 1 && option === '--only') {
    const ids = called.map(({id}) => id).join(', ');
    throw new UsageError(
      `${option} ${name}: ${called.length} accounts are called so; name one by its id: ${ids}`,
    );
  }
}

function withParents(units: readonly string[]): readonly string[] {
  const paths = units.flatMap((unit) => {
    const parts = unit.split('/');
    return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
  });
  return [...new Set(paths)];
}

function meant(name: string, names: readonly string[]): string {
  const closest = closestName(name, names);
  if (closest !== undefined) return `did you mean ${closest}?`;
  const some = names.slice(0, 5).join(', ');
  return names.length > 5 ? `it has ${some} and ${names.length - 5} more` : `it has ${some}`;
}
