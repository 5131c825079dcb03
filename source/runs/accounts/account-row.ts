import {isMap} from 'yaml';
import {defined} from '../../data/defined.ts';
import {regionName} from '../../runbook/region-name.ts';
import type {Place} from './accounts-text.ts';
import {variableOf} from './external-id.ts';
import type {ListedAccount} from './listed-account.ts';

/** An account as `aws organizations list-accounts` has it. */
export function listedByAws(row: Place): ListedAccount | undefined {
  const id = idOf(row, 'Id') ?? undefined;
  const name = row.member('Name')?.text('Name');
  // The newer member wins: AWS keeps `Status` for old clients.
  const state = row.member('State')?.text('State') ?? row.member('Status')?.text('Status');
  if (id === undefined) return undefined;
  // The ARN of every account names the management account: arn:aws:organizations::MANAGEMENT:account/o-…/ID.
  const management = row.member('Arn')?.text('Arn')?.split(':')[4];
  return {
    account: {id, ...defined({name})},
    ...defined({state}),
    ...(management === id ? {management: true as const} : {}),
  };
}

/** An account of an accounts.yml of c7n-org. */
export function listedByC7n(row: Place): ListedAccount | undefined {
  const id = idOf(row, 'account_id');
  const role = row.member('role');
  if (role !== undefined && 'items' in (role.node as object)) {
    role.wrong('a chain of roles cannot be taken on; name one that your own keys can take on');
    return undefined;
  }
  const regions = regionsOf(row.member('regions'), ['all']);
  const tags = (row.member('tags')?.entries('tags') ?? []).flatMap((entry) => {
    const text = entry.text('a tag') ?? '';
    const sign = text.indexOf(':');
    return [[sign < 0 ? text : text.slice(0, sign), sign < 0 ? '' : text.slice(sign + 1)] as const];
  });
  if (id === undefined) return undefined;
  return {
    account: {
      id,
      ...defined({
        name: row.member('name')?.text('name'),
        role: role?.text('role'),
        externalId: row.member('external_id')?.text('external_id'),
        regions: regions.length === 0 ? undefined : regions,
        tags: tags.length === 0 ? undefined : Object.fromEntries(tags),
      }),
    },
  };
}

const members = ['id', 'name', 'role', 'externalId', 'ou', 'tags', 'regions', 'wave'];

/** An account of Handrail's own YAML. */
export function listedByUs(row: Place, env: NodeJS.ProcessEnv): ListedAccount | undefined {
  for (const name of row.names()) {
    if (members.includes(name)) continue;
    row.nameOf(name).wrong(`an account has no member ${name}; it has ${members.join(', ')}`);
  }
  const id = idOf(row, 'id');
  const regions = regionsOf(row.member('regions'), []);
  const tags = tagsOf(row.member('tags'));
  const ou = row
    .member('ou')
    ?.text('ou')
    ?.replace(/^\/+|\/+$/g, '');
  const external = row.member('externalId');
  const externalId = external?.text('externalId');
  const variable = externalId === undefined ? undefined : variableOf(externalId);
  if (variable !== undefined && !env[variable]) {
    external?.wrong(`the external id is in the environment variable ${variable}, which is not set: set it`);
  }
  const wave = row.member('wave');
  const isLast = wave?.text('wave') === 'last';
  if (wave !== undefined && !isLast) wave.wrong('wave can be last, and nothing else');
  if (id === undefined) return undefined;
  return {
    account: {
      id,
      ...(isLast ? {wave: 'last' as const} : {}),
      ...defined({
        name: row.member('name')?.text('name'),
        role: row.member('role')?.text('role'),
        externalId,
        ou,
        tags,
        regions: regions.length === 0 ? undefined : regions,
      }),
    },
  };
}

function idOf(row: Place, member: string): string | undefined {
  const place = row.member(member);
  if (place === undefined) return row.wrong(`an account has no ${member}: write ${member}: '123456789012'`);
  const id = place.text(`the account id (${member})`);
  if (id === undefined || /^\d{12}$/.test(id)) return id;
  const short = /^\d{1,11}$/.test(id) ? '; a program has dropped its leading zeros' : '';
  return place.wrong(`an account id has 12 digits, not ${id}${short}`);
}

/** The Regions of a list; those in `all` stand for every Region. */
function regionsOf(place: Place | undefined, all: readonly string[]): readonly string[] {
  const names = (place?.entries('regions') ?? []).flatMap((entry) => {
    const name = entry.text('a Region');
    if (name !== undefined && !all.includes(name) && !regionName.test(name)) {
      entry.wrong(`${name} is not the name of a Region, such as eu-west-1`);
    }
    return name ?? [];
  });
  return names.some((name) => all.includes(name)) ? [] : names;
}

/** The tags of a map. Anything else is a problem: a rule or a filter must not be passed over. */
export function tagsOf(place: Place | undefined): {readonly [key: string]: string} | undefined {
  if (place === undefined) return undefined;
  if (!isMap(place.node)) return place.wrong('tags must be a map, such as {stage: prod}');
  const pairs = place.names().flatMap((name) => {
    const value = place.member(name)?.text(`the tag ${name}`);
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(pairs);
}
