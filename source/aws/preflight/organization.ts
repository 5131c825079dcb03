import {isObject, type Json} from '../../data/json.ts';
import type {Fault} from '../../engine/model/fault.ts';
import type {AwsPort} from '../../engine/model/ports.ts';
import {listAll} from '../call/list-all.ts';

/** One account of an organization, as Organizations lists it. */
export interface OrganizationAccount {
  readonly id: string;
  readonly name?: string;
  /** Such as `SUSPENDED`; the older `Status` where AWS says no `State`. */
  readonly state?: string;
  /** Path of its organizational unit; absent at the root. */
  readonly ou?: string;
  readonly tags: {readonly [key: string]: string};
  /** It is the management account. */
  readonly management: boolean;
  /** No unit of the tree had it: it was moved while the tree was read. */
  readonly unplaced: boolean;
}

/** Organizations did not list its accounts. */
export class NoOrganization extends Error {
  override readonly name = 'NoOrganization';
  readonly fault: Fault;

  constructor(operation: string, fault: Fault) {
    super(`${operation}: ${fault.name}: ${fault.message}`);
    this.fault = fault;
  }
}

type Asking = Pick<AwsPort, 'call'>;

/** Requests under way at the same time: Organizations allows few a second. */
const together = 4;

/**
 * Lists the accounts of the caller's organization with the units that they are in and, for active ones, their tags.
 * Throws {@link NoOrganization}.
 */
export async function organizationAccounts(
  aws: Asking,
  signal: AbortSignal,
): Promise<readonly OrganizationAccount[]> {
  const organization = await asked(aws, 'DescribeOrganization', {}, signal);
  const described = organization['Organization'];
  const management = isObject(described) ? textOf(described, 'MasterAccountId') : undefined;
  const units = await unitPaths(aws, signal);
  const placed = new Map<string, string | undefined>();
  await each(units, async ([parent, path]) => {
    const {Accounts: accounts} = await asked(aws, 'ListAccountsForParent', {ParentId: parent}, signal);
    for (const account of rowsOf(accounts)) placed.set(textOf(account, 'Id') ?? '', path);
  });
  // The list is what counts: an account that is moved from unit to unit meanwhile is in no unit, and still listed.
  const {Accounts: all} = await asked(aws, 'ListAccounts', {}, signal);
  const found: OrganizationAccount[] = [];
  await each(rowsOf(all), async (row) => {
    const id = textOf(row, 'Id');
    if (id === undefined) return;
    const state = textOf(row, 'State') ?? textOf(row, 'Status');
    const tags = state === 'ACTIVE' || state === undefined ? await tagsOf(aws, id, signal) : {};
    const [name, ou] = [textOf(row, 'Name'), placed.get(id)];
    found.push({
      id,
      ...(name === undefined ? {} : {name}),
      ...(state === undefined ? {} : {state}),
      ...(ou === undefined ? {} : {ou}),
      tags,
      management: id === management,
      unplaced: !placed.has(id),
    });
  });
  return found.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** Id and path of the roots and of every unit. A root has no path. */
async function unitPaths(
  aws: Asking,
  signal: AbortSignal,
): Promise<readonly (readonly [string, string | undefined])[]> {
  const {Roots: roots} = await asked(aws, 'ListRoots', {}, signal);
  let level: (readonly [string, string | undefined])[] = rowsOf(roots).flatMap((root) => {
    const id = textOf(root, 'Id');
    return id === undefined ? [] : [[id, undefined] as const];
  });
  const found = [...level];
  while (level.length > 0) {
    const next: (readonly [string, string | undefined])[] = [];
    await each(level, async ([parent, path]) => {
      const operation = 'ListOrganizationalUnitsForParent';
      const {OrganizationalUnits: units} = await asked(aws, operation, {ParentId: parent}, signal);
      for (const unit of rowsOf(units)) {
        const [id, name = ''] = [textOf(unit, 'Id'), textOf(unit, 'Name')];
        if (id !== undefined) next.push([id, path === undefined ? name : `${path}/${name}`]);
      }
    });
    found.push(...next);
    level = next;
  }
  return found;
}

async function tagsOf(
  aws: Asking,
  id: string,
  signal: AbortSignal,
): Promise<{readonly [key: string]: string}> {
  const {Tags: tags} = await asked(aws, 'ListTagsForResource', {ResourceId: id}, signal);
  const pairs = rowsOf(tags).flatMap((tag) => {
    const [key, value = ''] = [textOf(tag, 'Key'), textOf(tag, 'Value')];
    return key === undefined ? [] : [[key, value] as const];
  });
  return Object.fromEntries(pairs);
}

async function asked(
  aws: Asking,
  operation: string,
  input: {readonly [member: string]: Json},
  signal: AbortSignal,
): Promise<{readonly [member: string]: Json}> {
  const answer = await listAll(aws, {operation: `organizations:${operation}`, input}, signal);
  if ('fault' in answer) throw new NoOrganization(operation, answer.fault);
  return isObject(answer.output) ? answer.output : {};
}

/** Does some work for each item, a few at a time. */
async function each<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const left = items[Symbol.iterator]();
  const one = async (): Promise<void> => {
    for (const item of left) await work(item);
  };
  await Promise.all(Array.from({length: together}, one));
}

function rowsOf(list: Json | undefined): readonly {readonly [member: string]: Json}[] {
  return Array.isArray(list) ? (list as readonly Json[]).filter(isObject) : [];
}

function textOf(row: {readonly [member: string]: Json}, member: string): string | undefined {
  const value = row[member];
  return typeof value === 'string' ? value : undefined;
}
