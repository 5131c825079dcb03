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

/** Returns true if an account has far more changes than most of these. */
export function isOutlier(row: AccountState, rows: readonly AccountState[]): boolean {
  const sizes = rows.map(({look}) => look?.changes.length ?? 0).toSorted((one, other) => one - other);
  const median = sizes[Math.floor(sizes.length / 2)] ?? 0;
  return (row.look?.changes.length ?? 0) > Math.max(2, 2 * median);
}
