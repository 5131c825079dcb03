import type {CallAction} from '../model/decision.ts';
import {laneAt} from '../evolve/lane-updates.ts';
import type {RunState} from '../model/state.ts';

/**
 * Orders the calls of a turn: Regions with the most calls so far go first. Sending takes a millisecond or two a call,
 * and the next account step waits for the slowest Region.
 */
export function sendingOrder(calls: readonly CallAction[], state: RunState): readonly CallAction[] {
  const soFar = ({intent}: CallAction): number => laneAt(state, intent)?.calls ?? 0;
  return calls.toSorted((a, b) => soFar(b) - soFar(a));
}
