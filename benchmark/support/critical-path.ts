import type {Event} from '../../source/engine/events.ts';
import type {Request} from './simulator.ts';

type CallStarted = Extract<Event, {type: 'call-started'}>;

/**
 * How many calls of a run have to follow each other, whatever the program's speed: pages of a list, the read, write
 * and check of an update, one step after the other within a Region, and steps of the account after those of every
 * Region. Items of a step are independent of each other.
 */
export function criticalPath(events: readonly Event[], requests: readonly Request[]): number {
  const started = events.find((event) => event.type === 'run-started');
  const calls = events.filter((event) => event.type === 'call-started');
  let total = beforeTheRun(requests);
  let lanes = new Map<string, number>();
  for (const {id, scope} of started?.steps ?? []) {
    const ofStep = calls.filter(({step}) => step === id);
    if (scope === 'account') {
      total += Math.max(0, ...lanes.values()) + longestItem(ofStep);
      lanes = new Map();
      continue;
    }
    for (const [region, own] of Map.groupBy(ofStep, (call) => call.region ?? '')) {
      lanes.set(region, (lanes.get(region) ?? 0) + longestItem(own));
    }
  }
  return total + Math.max(0, ...lanes.values());
}

function longestItem(calls: readonly CallStarted[]): number {
  const items = Map.groupBy(calls, ({item}) => item);
  return Math.max(0, ...[...items.values()].map((own) => own.length));
}

/**
 * Before its first record a run asks who is calling, then which Regions there are: both of these are one after the
 * other, and the pages of the second follow each other.
 */
function beforeTheRun(requests: readonly Request[]): number {
  const pages = (operation: string): number =>
    requests.filter((request) => request.operation === operation).length;
  return pages('GetCallerIdentity') + Math.max(pages('ListRegions'), pages('GetParametersByPath'));
}
