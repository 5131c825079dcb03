import {createHash} from 'node:crypto';
import type {AccountState, MemberAccount, OrganizationState} from '../state/account-state.ts';

/** Id of the only root that an organization has. */
export const rootId = 'r-hr01';

/** An organizational unit, known by its path below the root. */
export interface Unit {
  readonly path: string;
  readonly id: string;
  readonly name: string;
  /** Id of the unit or root that it is in. */
  readonly parent: string;
}

/** Every organizational unit that an account's path names, with those above it. */
export function unitsOf({members}: OrganizationState): readonly Unit[] {
  const paths = new Set<string>();
  for (const {ou} of members.values()) {
    const parts = ou?.split('/') ?? [];
    for (const index of parts.keys()) paths.add(parts.slice(0, index + 1).join('/'));
  }
  return [...paths].map((path) => {
    const end = path.lastIndexOf('/');
    return {
      path,
      id: unitId(path),
      name: path.slice(end + 1),
      parent: end < 0 ? rootId : unitId(path.slice(0, end)),
    };
  });
}

/** Id of the unit or root that an account is in. */
export function parentOf({ou}: Pick<MemberAccount, 'ou'>): string {
  return ou === undefined ? rootId : unitId(ou);
}

function unitId(path: string): string {
  const digest = createHash('sha256').update(path).digest('hex').slice(0, 8);
  return `ou-${rootId.slice(2)}-${digest}`;
}

/** An organization's accounts, the management account first. */
export function accountsOf(
  {scenario}: AccountState,
  {managementId, members}: OrganizationState,
): readonly Listed[] {
  const {alias} = scenario.account;
  const management = {id: managementId, name: alias, ou: undefined, tags: {}, state: 'ACTIVE'} as const;
  return [management, ...members.values()];
}

export type Listed = Pick<MemberAccount, 'id' | 'name' | 'ou' | 'tags' | 'state'>;
