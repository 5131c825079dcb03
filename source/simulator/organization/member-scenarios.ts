import type {MemberAccount} from '../state/account-state.ts';
import {merge} from '../scenario/merge.ts';
import {scenarioSchema, type Scenario} from '../scenario/schema.ts';

/** A group of accounts, and the scenario of each of them but for its id and name. */
interface GroupScenario {
  readonly group: NonNullable<Scenario['organization']>['accounts'][number];
  readonly result: ReturnType<typeof scenarioSchema.safeParse>;
}

/** Lays each group's `world` over the organization's own scenario. */
export function memberScenarios(scenario: Scenario): readonly GroupScenario[] {
  const {organization, ...own} = scenario;
  // Of the management account alone: what happens upon its requests, and who may enter it.
  const base = {...own, surprises: [], faults: [], account: {...own.account, assumableRoles: []}};
  return (organization?.accounts ?? []).map((group) => ({
    group,
    result: scenarioSchema.safeParse(merge(base, group.world)),
  }));
}

/** Every account of the scenario's organization beside the management account, by id. Throws for an invalid world. */
export function membersOf(scenario: Scenario): ReadonlyMap<string, MemberAccount> {
  const members = new Map<string, MemberAccount>();
  for (const {group, result} of memberScenarios(scenario)) {
    if (!result.success) throw result.error;
    for (let number = 1; number <= group.count; number += 1) {
      const member = memberOf(scenario, group, result.data, number);
      members.set(member.id, member);
    }
  }
  return members;
}

function memberOf(
  {organization}: Scenario,
  group: GroupScenario['group'],
  world: Scenario,
  number: number,
): MemberAccount {
  const {ou, tags, state, externalId, sessionSeconds, sessionsEndAfter} = group;
  const id = String(Number(group.id) + number - 1).padStart(12, '0');
  const name = group.name.replaceAll('{n}', String(number));
  const role = group.noRole === true ? undefined : (group.role ?? organization?.role);
  const alias = name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  return {
    id,
    name,
    ou,
    tags,
    state,
    role,
    externalId,
    sessionSeconds,
    sessionsEndAfter,
    scenario: {...world, account: {...world.account, id, alias}},
  };
}
