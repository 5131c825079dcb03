/** One account of a fleet, as its source lists it. */
export interface Account {
  /** Twelve digits; a leading zero is one of them. */
  readonly id: string;
  readonly name?: string;
  /** Path of its organizational unit, such as `Workloads/Prod`. */
  readonly ou?: string;
  readonly tags?: {readonly [key: string]: string};
  /** Name or ARN of the role to take on there; the fleet's own when absent. */
  readonly role?: string;
  /** The external id that this role wants. */
  readonly externalId?: string;
  /** It is changed after all accounts that do not say so. */
  readonly wave?: 'last';
  /** The only Regions to change something in; all of them when absent or empty. */
  readonly regions?: readonly string[];
}

/** The accounts that a source and the filters come to. */
export interface ChosenAccounts {
  /** In the source's order; no id is in it twice. */
  readonly accounts: readonly Account[];
  /** Accounts that are left alone, each with its reason: `SUSPENDED`, `never`, `excluded by --exclude`. */
  readonly skipped: readonly {readonly account: Account; readonly why: string}[];
}

/** Returns an account as sentences name it: its id, with its name where it has one. */
export function accountLabel({id, name}: Pick<Account, 'id' | 'name'>): string {
  return name === undefined ? id : `${id} ${name}`;
}
