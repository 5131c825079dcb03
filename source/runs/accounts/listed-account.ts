import type {Account} from '../../fleet/account.ts';

/** One account as its source has it, before any filter. */
export interface ListedAccount {
  readonly account: Account;
  /** Organizations' state of it, such as `SUSPENDED`; absent where the source does not say. */
  readonly state?: string;
  /** It is the organization's management account, and nobody named it. */
  readonly management?: true;
  /** The organization lists it, and no unit of its tree has it. */
  readonly unplaced?: true;
}

/** Accounts that no option of the command line lets in. */
export interface NeverRules {
  readonly accounts: readonly string[];
  /** Paths of organizational units, each with those below it. */
  readonly ous: readonly string[];
  readonly tags: {readonly [key: string]: string};
}

/** A source of accounts, read. */
export interface AccountList {
  /** The source in messages: a file's path, or the organization. */
  readonly source: string;
  readonly listed: readonly ListedAccount[];
  readonly never: NeverRules;
}

export const noRules: NeverRules = {accounts: [], ous: [], tags: {}};
