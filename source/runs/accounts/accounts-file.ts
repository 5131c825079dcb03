import {isMap, isSeq} from 'yaml';
import {UsageError} from '../../cli/usage-error.ts';
import {listText} from './read-list.ts';
import {accountsText, type Place} from './accounts-text.ts';
import {listedByAws, listedByC7n, listedByUs, tagsOf} from './account-row.ts';
import {noRules, type AccountList, type ListedAccount, type NeverRules} from './listed-account.ts';

/** A file's accounts and rules; `organization` where the file leaves the accounts to Organizations. */
export interface AccountsFile extends Omit<AccountList, 'listed'> {
  readonly listed: readonly ListedAccount[] | 'organization';
}

/** Reads a file of accounts in any of its forms. Throws {@link UsageError} with the line of each problem. */
export function accountsFile(file: string, env: NodeJS.ProcessEnv): AccountsFile {
  return accountsIn(file, listText(file), env);
}

/**
 * Returns the accounts in a text: the JSON of `aws organizations list-accounts`, the accounts.yml of c7n-org, or
 * Handrail's own YAML. Throws {@link UsageError}.
 */
export function accountsIn(file: string, text: string, env: NodeJS.ProcessEnv): AccountsFile {
  const {root, check} = accountsText(file, text);
  const own = root.member('handrail');
  const never = own === undefined ? noRules : rulesOf(root);
  const rows = rowsOf(root);
  if (own !== undefined) {
    refuseOthers(root, ['handrail', 'accounts', 'never'], 'a list of accounts');
    if (rows === 'organization') {
      check();
      return {source: 'the organization', listed: rows, never};
    }
  }
  if (rows === undefined || rows === 'organization') {
    throw new UsageError(
      `${file}: there are no accounts here; it takes the JSON of aws organizations list-accounts, an accounts.yml of ` +
        'c7n-org, or YAML that begins with handrail: 1',
    );
  }
  const listed = rows.flatMap((row) => {
    if (!isMap(row.node)) return row.wrong('an account must be a map, such as {id: …, name: …}') ?? [];
    if (own !== undefined) return listedByUs(row, env) ?? [];
    return (row.member('account_id') === undefined ? listedByAws(row) : listedByC7n(row)) ?? [];
  });
  refuseTwice(rows, listed);
  check();
  if (listed.length === 0) throw new UsageError(`${file}: the list of accounts is empty`);
  return {source: file, listed, never};
}

function rowsOf(root: Place): readonly Place[] | 'organization' | undefined {
  if (isSeq(root.node)) return root.entries('the accounts');
  const accounts = root.member('Accounts') ?? root.member('accounts');
  if (accounts === undefined) return undefined;
  if (root.member('handrail') !== undefined && !isSeq(accounts.node)) {
    if (accounts.text('accounts') === 'org') return 'organization';
    accounts.wrong('accounts must be a list, or org for those of the organization');
    return [];
  }
  return accounts.entries('the accounts');
}

function rulesOf(root: Place): NeverRules {
  const never = root.member('never');
  if (never === undefined) return noRules;
  if (!isMap(never.node)) never.wrong('never must be a map of accounts, ous and tags');
  refuseOthers(never, ['accounts', 'ous', 'tags'], 'never');
  const texts = (name: string, what: string): readonly string[] =>
    (never.member(name)?.entries(`never.${name}`) ?? []).flatMap((entry) => entry.text(what) ?? []);
  const ids = (never.member('accounts')?.entries('never.accounts') ?? []).flatMap((entry) => {
    const id = entry.text('the account id');
    if (id !== undefined && !/^\d{12}$/.test(id)) entry.wrong(`an account id has 12 digits, not ${id}`);
    return id ?? [];
  });
  return {
    accounts: ids,
    ous: texts('ous', 'the path of an organizational unit'),
    tags: tagsOf(never.member('tags')) ?? {},
  };
}

/** Names that a map does not have: a mistyped rule must not be passed over. */
function refuseOthers(place: Place, known: readonly string[], what: string): void {
  for (const name of place.names()) {
    if (!known.includes(name))
      place.nameOf(name).wrong(`${what} has no member ${name}; it has ${known.join(', ')}`);
  }
}

function refuseTwice(rows: readonly Place[], listed: readonly ListedAccount[]): void {
  if (rows.length !== listed.length) return;
  const seen = new Set<string>();
  for (const [index, {account}] of listed.entries()) {
    if (seen.has(account.id))
      rows[index]?.wrong(`account ${account.id} is listed twice: take one of the two out`);
    seen.add(account.id);
  }
}
