import {oncePer} from '../persistent/memoize.ts';
import type {Part} from '../persistent/persistent-list.ts';
import type {Lane, RunState} from '../model/state.ts';

/** The lanes that something stopped and nobody waived: the account's first. */
export function stoppedLanes(state: RunState): readonly Lane[] {
  return isStopped(state.account) ? [state.account, ...stoppedRegions(state)] : stoppedRegions(state);
}

/** The Regions that something stopped and nobody waived, in the run's order. */
export function stoppedRegions(state: RunState): readonly Lane[] {
  return stoppedIn(state.lanes.whole);
}

const stoppedIn = oncePer((part: Part<Lane>): readonly Lane[] =>
  'values' in part ? part.values.filter(isStopped) : part.parts.flatMap(stoppedIn),
);

function isStopped({fault, waived}: Lane): boolean {
  return fault !== undefined && waived === undefined;
}
