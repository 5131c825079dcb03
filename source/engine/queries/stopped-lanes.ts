import {remembering} from '../persistent/persistent-list.ts';
import type {Lane, RunState} from '../model/state.ts';

/** Returns the lanes that a fault stopped and no operator waived, the account's first. */
export function stoppedLanes(state: RunState): readonly Lane[] {
  return isStopped(state.account) ? [state.account, ...stoppedRegions(state)] : stoppedRegions(state);
}

/** Returns the Regions that a fault stopped and no operator waived, in the run's order. */
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
