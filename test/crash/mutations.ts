import type {Event} from '../../source/engine/model/events.ts';
import type {SeenRequest} from '../../source/simulator/server.ts';

type Intent = Extract<Event, {type: 'call-started'}>;

const readVerbs = /^(Get|List|Describe|Simulate)/;
const deletion = 'DeleteServiceLinkedRole';

/** The requests that change something, in the order in which the simulator took them. */
export function mutationsIn(requests: readonly SeenRequest[]): readonly SeenRequest[] {
  return requests.filter(({operation}) => !readVerbs.test(operation));
}

/** What a mutation is aimed at: the operation, the Region and the resource, whatever else is sent with it. */
export function targetOf({operation, region, input}: SeenRequest): string {
  const {imageBuildVersionArn, imagePipelineArn, RoleName} = input;
  return [operation, region, imageBuildVersionArn ?? imagePipelineArn ?? RoleName].join(' ');
}

/**
 * Mutations that no intent in the journal asks for: there must be none, whenever the run was stopped. Each that is announced
 * may be sent again `resends` times, as it was.
 */
export function unannounced(
  requests: readonly SeenRequest[],
  events: readonly Event[],
  resends = 0,
): readonly string[] {
  const announced = new Map<string, number>();
  for (const event of events) {
    if (event.type !== 'call-started' || event.effect !== 'change') continue;
    const key = wireKey(event.operation.split(':')[1] ?? '', event.input);
    announced.set(key, (announced.get(key) ?? resends) + 1);
  }
  return mutationsIn(requests).flatMap(({operation, input}) => {
    const key = wireKey(operation, input);
    const left = announced.get(key) ?? 0;
    announced.set(key, left - 1);
    return left > 0 ? [] : [`sent without an intent: ${key}`];
  });
}

/** Targets that were changed under more than one token, or with different bodies. */
export function changedTwice(requests: readonly SeenRequest[]): readonly string[] {
  const bodies = new Map<string, Set<string>>();
  for (const request of mutationsIn(requests)) {
    if (request.operation === deletion) continue;
    const target = targetOf(request);
    bodies.set(target, (bodies.get(target) ?? new Set()).add(wireKey('', request.input)));
  }
  return [...bodies].flatMap(([target, {size}]) =>
    size > 1 ? [`${size} different requests: ${target}`] : [],
  );
}

/**
 * Deletions, which have no token: one a round, and a second one only as a resend, when the answer to the one before
 * it never came to be journaled or was a passing fault.
 */
export function deletedTwice(events: readonly Event[]): readonly string[] {
  const problems: string[] = [];
  let settled: Intent | undefined;
  let last: Intent | undefined;
  for (const event of events) {
    if (event.type === 'went-back') settled = undefined;
    if (event.type === 'call-succeeded' && event.call === last?.call) settled = last;
    if (event.type !== 'call-started') continue;
    if (event.operation !== `iam:${deletion}`) continue;
    if (settled !== undefined)
      problems.push(`call ${event.call} deletes again what call ${settled.call} did`);
    last = event;
  }
  return problems;
}

function wireKey(operation: string, input: unknown): string {
  return `${operation} ${sorted(input)}`;
}

/** JSON with sorted keys. */
function sorted(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}
