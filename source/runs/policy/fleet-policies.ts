import type {Account, ChosenAccounts} from '../../fleet/account.ts';
import type {FoundPolicy} from './find-policies.ts';

/** Leaves the accounts alone that a policy forbids, each with the reason. */
export function withoutForbidden(chosen: ChosenAccounts, policies: readonly FoundPolicy[]): ChosenAccounts {
  const rows = chosen.accounts.map((account) => ({account, why: forbiddenWhy(account, policies)}));
  return {
    accounts: rows.flatMap(({account, why}) => (why === undefined ? [account] : [])),
    skipped: [
      ...chosen.skipped,
      ...rows.flatMap(({account, why}) => (why === undefined ? [] : [{account, why}])),
    ],
  };
}

function forbiddenWhy(account: Account, policies: readonly FoundPolicy[]): string | undefined {
  for (const {rules} of policies) {
    const {accounts = [], ous = [], tags = {}} = rules.never ?? {};
    if (accounts.includes(account.id)) return 'never: the policy forbids this account';
    // A rule is not passed over because the list of accounts does not say enough.
    if (ous.length > 0 && account.ou === undefined)
      return 'its organizational unit is not known, and the policy forbids some';
    const unit = ous.find((path) => isIn(account.ou ?? '', path));
    if (unit !== undefined) return `never: the policy forbids accounts in ${unit}`;
    if (Object.keys(tags).length > 0 && account.tags === undefined)
      return 'its tags are not known, and the policy forbids some';
    const tag = Object.entries(tags).find(([key, value]) => account.tags?.[key] === value);
    if (tag !== undefined) return `never: the policy forbids the tag ${tag.join('=')}`;
  }
  return undefined;
}

function isIn(ou: string, path: string): boolean {
  const unit = path.replace(/^\/+|\/+$/g, '');
  return ou === unit || ou.startsWith(`${unit}/`);
}

/** Notes for a run that is no fleet's: rules that take an account's place in the organization to be known. */
export function uncheckedRules(policies: readonly FoundPolicy[]): readonly string[] {
  return policies.flatMap(({file, rules: {never}}) =>
    never?.ous === undefined && never?.tags === undefined
      ? []
      : [`${file} forbids accounts by organizational unit or tag: that is looked at for fleets, not here`],
  );
}
