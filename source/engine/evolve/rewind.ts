import {indexById} from '../../data/by-id.ts';
import {defined} from '../../data/defined.ts';
import type {Lane, RunState, StepProgress} from '../model/state.ts';
import {withWorks, workIn, worksOf} from './active-steps.ts';
import {without} from './lane-updates.ts';
import {keptWords} from '../queries/changed-words.ts';
import {unlookedBefore} from './unlooked.ts';

/** Takes every lane that is past a step back to it, so that all later work repeats. */
export function rewound(state: RunState, to: string): RunState {
  const target = indexById(state.steps, to);
  if (target < 0) return state;
  // A lane that is not past the step continues in place. Its changes may be in flight under their tokens, and its
  // wait has a deadline.
  const back = (lane: Lane): Lane =>
    worksOf(lane).some(({step}) => indexById(state.steps, step) <= target)
      ? lane
      : rewoundLane(state, lane, target);
  return {...withoutConsents(state, target), account: back(state.account), lanes: state.lanes.map(back)};
}

/** Removes consent that was given at changes from a step on. A new round asks again. */
export function withoutConsents(state: RunState, target: number): RunState {
  const kept = Object.entries(state.confirmed).filter(([id]) => {
    const index = indexById(state.steps, id);
    return index < target || state.steps[index]?.does === 'confirm';
  });
  return {...state, confirmed: Object.fromEntries(kept)};
}

/**
 * Keeps the ends of a state's pauses, for lanes that are looked over again: a resumption does not begin a pause anew,
 * whether it is under way or over.
 */
export function withPausesOf(before: RunState, state: RunState): RunState {
  const kept = (lane: Lane, old: Lane | undefined): Lane => {
    const pauses = Object.fromEntries(
      before.steps.flatMap(({id, does}) => {
        const end = does === 'pause' && old !== undefined ? pauseEnd(old, id) : undefined;
        return end === undefined ? [] : [[id, end] as const];
      }),
    );
    return Object.keys(pauses).length === 0 ? lane : {...lane, pauses: {...old?.pauses, ...pauses}};
  };
  if (!before.steps.some(({does}) => does === 'pause')) return state;
  return {
    ...state,
    account: kept(state.account, before.account),
    lanes: state.lanes.map((lane) => kept(lane, before.lanes.get(lane.region ?? ''))),
  };
}

/** The end of a pause that has begun in a lane (ms since the epoch). */
function pauseEnd(lane: Lane, step: string): number | undefined {
  const {status, endedAt} = lane.results[step] ?? {};
  return status === 'succeeded' ? endedAt : workIn(lane, step)?.deadline;
}

/** Keeps the looks that a run makes once, for a lane that is about to go back. One that was not answered is made again. */
export function withLooksOnce({steps}: RunState, lane: Lane): Lane {
  const looked = steps.flatMap(({id, once}) => {
    const result = once === true && lane.unlooked?.[id] === undefined ? lane.results[id] : undefined;
    return result?.status === 'succeeded' ? [[id, result] as const] : [];
  });
  if (looked.length === 0) return lane;
  return {...lane, lookedOnce: {...lane.lookedOnce, ...Object.fromEntries(looked)}};
}

/** One lane, taken back to a step. */
export function rewoundLane(state: RunState, lane: Lane, target: number): Lane {
  const position = (step: string): number => indexById(state.steps, step);
  return {
    ...unlookedBefore(state, without(withWorks(lane, []), 'pauses'), target),
    next: Math.min(lane.next, target),
    ...defined({changedBefore: keptWords(state, lane, target)}),
    results: Object.fromEntries(Object.entries(lane.results).filter(([step]) => position(step) < target)),
  };
}

/**
 * The step from which the world has to be looked at again when a run goes on after a while: the first of the looks,
 * waits and questions that lead up to where it stands, with no change among them. Undefined where it stands in the
 * middle of a change, or in a wait that looks by itself.
 */
export function lookAgainFrom(state: RunState): string | undefined {
  const lanes = [state.account, ...state.lanes];
  const at = (lane: Lane): number =>
    lane.current === undefined ? lane.next : indexById(state.steps, lane.current?.step);
  const furthest = lanes.map(at).reduce((one, other) => Math.max(one, other));
  const begun = lanes.some((lane) => at(lane) === furthest && worksOf(lane).some(hasBegun));
  const here = state.steps[furthest]?.does;
  if (begun && (here === 'change' || here === 'wait')) return undefined;
  return leadUpTo(state, furthest);
}

/** The first of the looks, waits and questions right before a step, after the change before them; undefined without any. */
export function leadUpTo({steps}: RunState, index: number): string | undefined {
  let first = index;
  while (first > 0 && steps[first - 1]?.does !== 'change') first -= 1;
  return first < index ? steps[first]?.id : undefined;
}

/** Returns true if a call of a step was made, or an item ended without one. */
export function hasBegun({items}: StepProgress): boolean {
  return [...items].some(({attempt, status}) => attempt > 0 || status !== 'todo');
}
