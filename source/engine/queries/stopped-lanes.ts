import {remembering} from '../persistent/persistent-list.ts';
import type {Lane, RunState} from '../model/state.ts';

/** The lanes that something stopped and nobody waived: the account's first. */
export function stoppedLanes(state: RunState): readonly Lane[] {
  return isStopped(state.account) ? [state.account, ...stoppedRegions(state)] : stoppedRegions(state);
}

/** The Regions that something stopped and nobody waived, in the run's order. */
export function stoppedRegions(state: RunState): readonly Lane[] {
  return state.lanes.fold(stopped);
}

const none: readonly Lane[] = [];
const stopped = remembering<Lane, readonly Lane[]>(
  (lane) => (isStopped(lane) ? [lane] : none),
  (some) => some.flat(),
);

function isStopped({fault, waived}: Lane): boolean {
  return fault !== undefined && waived === undefined;
}
