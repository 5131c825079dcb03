import type {Event, StepOutline} from '../../source/engine/model/events.ts';
import type {Request} from './simulator.ts';

type CallStarted = Extract<Event, {type: 'call-started'}>;

/**
 * Counts the calls of a run that must follow each other at any speed. These are pages of a list, the read,
 * write and check of an update, and consecutive steps in a Region unless they are parallel. Account steps
 * follow the Regions'. Items of a step are independent of each other.
 */
export function criticalPath(events: readonly Event[], requests: readonly Request[]): number {
  const started = events.find((event) => event.type === 'run-started');
  const calls = events.filter((event) => event.type === 'call-started');
  let total = beforeTheRun(requests);
  let lanes = new Map<string, number>();
  for (const group of grouped(started?.steps ?? [])) {
    const ofGroup = group.map(({id}) => calls.filter(({step}) => step === id));
    if (group[0]?.scope === 'account') {
      total += Math.max(0, ...lanes.values()) + Math.max(...ofGroup.map(longestItem));
      lanes = new Map();
      continue;
    }
    for (const region of new Set(ofGroup.flat().map((call) => call.region ?? ''))) {
      const own = ofGroup.map((all) => longestItem(all.filter((call) => call.region === region)));
      lanes.set(region, (lanes.get(region) ?? 0) + Math.max(...own));
    }
  }
  return total + Math.max(0, ...lanes.values());
}

/** Steps that go on at the same time, together. */
function grouped(steps: readonly StepOutline[]): readonly (readonly StepOutline[])[] {
  const groups: StepOutline[][] = [];
  for (const step of steps) {
    if (step.alongside === true) groups.at(-1)?.push(step);
    else groups.push([step]);
  }
  return groups;
}

function longestItem(calls: readonly CallStarted[]): number {
  const items = Map.groupBy(calls, ({item}) => item);
  return Math.max(0, ...[...items.values()].map((own) => own.length));
}

/**
 * Before its first record, a run asks for the caller and then for the caller's permissions. At the same time it
 * asks for the Regions, page after page.
 */
function beforeTheRun(requests: readonly Request[]): number {
  const pages = (operation: string): number =>
    requests.filter((request) => request.operation === operation).length;
  const preflight = pages('SimulatePrincipalPolicy') > 0 ? 1 : 0;
  return Math.max(pages('GetCallerIdentity') + preflight, pages('ListRegions'), pages('GetParametersByPath'));
}
