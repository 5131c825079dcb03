import {populate} from '../scenario/populate.ts';
import type {Scenario} from '../scenario/schema.ts';
import type {AccountState, OrganizationState} from '../state/account-state.ts';
import {tokenBuckets} from '../state/token-buckets.ts';
import {membersOf} from './member-scenarios.ts';

/** Makes a scenario's account, the management account of its organization where it has one. */
export function managementAccount(scenario: Scenario, now: number): AccountState {
  return populate(scenario, now, {sessions: new Map(), organization: organizationOf(scenario)});
}

function organizationOf(scenario: Scenario): OrganizationState | undefined {
  const {organization, account} = scenario;
  if (organization === undefined) return undefined;
  const {id, assumeRole} = organization;
  const take = assumeRole === undefined ? () => true : tokenBuckets(assumeRole);
  return {
    id,
    managementId: account.id,
    members: membersOf(scenario),
    worlds: new Map(),
    mayAssume: (at) => take('sts:AssumeRole', at),
  };
}

/** Returns the contents of an organization's account. They begin when they are first asked for. */
export function worldOf(management: AccountState, id: string, now: number): AccountState | undefined {
  const {organization, sessions} = management;
  if (organization === undefined || id === organization.managementId) return management;
  const known = organization.worlds.get(id);
  const member = organization.members.get(id);
  if (known !== undefined || member === undefined) return known;
  const world = populate(member.scenario, now, {sessions, organization});
  organization.worlds.set(id, world);
  return world;
}
