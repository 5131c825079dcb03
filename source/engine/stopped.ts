import {oncePer} from './once-per.ts';
import type {Lane, RunState} from './state.ts';

/** The lanes that something stopped and nobody waived: the account's first. */
export function stoppedLanes(state: RunState): readonly Lane[] {
  return isStopped(state.account) ? [state.account, ...stoppedRegions(state)] : stoppedRegions(state);
}

/** The Regions that something stopped and nobody waived, in the run's order. */
export function stoppedRegions(state: RunState): readonly Lane[] {
  return state.lanes.pieces().flatMap(stoppedIn);
}

const stoppedIn = oncePer((piece: readonly Lane[]): readonly Lane[] => piece.filter(isStopped));

function isStopped({fault, waived}: Lane): boolean {
  return fault !== undefined && waived === undefined;
}
