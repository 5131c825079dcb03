import type {CallAction} from '../model/decision.ts';
import {laneAt} from '../evolve/lane-updates.ts';
import type {RunState} from '../model/state.ts';

/**
 * The order in which the calls of a turn are sent: Regions that have needed most calls so far go first. Each call takes
 * the program a millisecond or two, and at the next step of the account every Region waits for the slowest.
 */
export function sendingOrder(calls: readonly CallAction[], state: RunState): readonly CallAction[] {
  const soFar = ({intent}: CallAction): number => laneAt(state, intent)?.calls ?? 0;
  return calls.toSorted((a, b) => soFar(b) - soFar(a));
}
