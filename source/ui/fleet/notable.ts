import type {AccountState} from '../../fleet/state.ts';

/** Production first, then the accounts with the most changes. */
export function moreNotableFirst(one: AccountState, other: AccountState): number {
  const production = Number(isProduction(other)) - Number(isProduction(one));
  return production === 0 ? (other.look?.changes.length ?? 0) - (one.look?.changes.length ?? 0) : production;
}

/** Returns true if a tag says that an account is in production. */
export function isProduction({account: {tags = {}}}: Pick<AccountState, 'account'>): boolean {
  return Object.values(tags).some((value) => /^prod(uction)?$/i.test(value));
}

/** Returns those of these accounts that have far more changes than most. */
export function outliersAmong(rows: readonly AccountState[]): ReadonlySet<AccountState> {
  const sizes = rows.map(({look}) => look?.changes.length ?? 0).toSorted((one, other) => one - other);
  const most = Math.max(2, 2 * (sizes[Math.floor(sizes.length / 2)] ?? 0));
  return new Set(rows.filter(({look}) => (look?.changes.length ?? 0) > most));
}
