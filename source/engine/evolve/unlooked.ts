import {indexById} from '../../data/by-id.ts';
import type {Fault} from '../model/fault.ts';
import type {Lane, RunState} from '../model/state.ts';
import {columnOf, without} from './lane-updates.ts';

/**
 * Returns the lane after a step: with the error of a look that was caught, or without it once it is known what is
 * there. `sees`: the step is a look that saw its whole column, so an earlier one of that column is made good.
 */
export function withLook(
  state: RunState,
  lane: Lane,
  step: string,
  unlooked: Fault | undefined,
  sees = false,
): Lane {
  if (unlooked !== undefined) return {...lane, unlooked: {...lane.unlooked, [step]: unlooked}};
  if (lane.unlooked === undefined) return lane;
  const column = columnOf(state, step);
  const isSeen = (other: string): boolean =>
    sees && column !== undefined && columnOf(state, other) === column;
  return keeping(lane, (other) => other !== step && !isSeen(other));
}

/** The lane without what was not looked at from a step on: it is looked at again. */
export function unlookedBefore({steps}: RunState, lane: Lane, target: number): Lane {
  return keeping(lane, (step) => indexById(steps, step) < target);
}

function keeping(lane: Lane, keeps: (step: string) => boolean): Lane {
  const kept = Object.entries(lane.unlooked ?? {}).filter(([step]) => keeps(step));
  return kept.length === 0 ? without(lane, 'unlooked') : {...lane, unlooked: Object.fromEntries(kept)};
}
