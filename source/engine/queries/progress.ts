import {indexById} from '../../data/by-id.ts';
import {afterAlongside, firstAlongside} from '../../runbook/language/parallel-steps.ts';
import {remembering} from '../persistent/persistent-list.ts';
import type {StepOutline} from '../model/events.ts';
import type {Lane, RunState} from '../model/state.ts';
import {workIn} from '../evolve/active-steps.ts';

/**
 * Returns the step that a lane reaches next, past the other scope's steps that are behind it. Undefined when the lane
 * waits, was stopped or is finished. An account step waits for every Region, and for each look that was caught there; a
 * Region step after it waits for the account.
 */
export function nextStep(state: RunState, lane: Lane): number | undefined {
  if (lane.fault !== undefined || lane.waived !== undefined) return undefined;
  const scope = lane.region === undefined ? 'account' : 'region';
  let index = lane.next;
  while (index < state.steps.length && state.steps[index]?.scope !== scope) {
    if (!isBehind(state, index)) return undefined;
    index += 1;
  }
  if (index >= state.steps.length) return undefined;
  // A Region that was taken back is waited for too, though the account has been past its steps.
  const before = state.steps.slice(0, index).findLastIndex((step) => step.scope !== scope);
  const waits = scope === 'account' && before >= 0;
  return waits && (!isBehind(state, before) || state.lanes.fold(isAnyUnlooked)) ? undefined : index;
}

/**
 * Returns the steps that a lane begins now: the next one and its parallel steps. Steps that it has begun or finished
 * are left out.
 */
export function stepsToBegin(state: RunState, lane: Lane): readonly number[] {
  if (lane.fault !== undefined || lane.waived !== undefined) return [];
  const {steps} = state;
  const present = lane.current?.step;
  const at = present === undefined ? nextStep(state, lane) : indexById(steps, present);
  if (at === undefined || at < 0) return [];
  const first = firstAlongside(steps, at);
  return Array.from({length: afterAlongside(steps, at) - first}, (_, index) => first + index).filter(
    (index) => {
      const id = steps[index]?.id ?? '';
      return lane.results[id] === undefined && workIn(lane, id) === undefined;
    },
  );
}

/** Returns the next of the Regions' steps that a lane has to begin; undefined when it is through. */
export function nextRegionStep({steps}: RunState, lane: Lane): StepOutline | undefined {
  return steps.find(({scope}, index) => scope === 'region' && index >= lane.next);
}

/** Returns true if every lane of the step's scope has ended it. */
export function isBehind(state: RunState, index: number): boolean {
  if (state.steps[index]?.scope === 'account') return state.account.next > index;
  return state.lanes.fold(reachedByAll) > index;
}

/** Returns true if no Region still has to end a Region step: each has ended, was stopped or waived. */
export function isOver(state: RunState, index: number): boolean {
  return state.lanes.fold(reachedByThoseGoingOn) > index;
}

/** Whether some Region has a look that was caught, and that no other has made good. */
const isAnyUnlooked = remembering<Lane, boolean>(
  ({unlooked, waived}) => unlooked !== undefined && waived === undefined,
  (some) => some.includes(true),
);

/** The first step that some lane has not ended. A waived lane is past every step, and one that stopped past none. */
const reachedByAll = remembering<Lane, number>(({waived, fault, next}) => {
  if (waived !== undefined) return Infinity;
  return fault === undefined ? next : 0;
}, least);

const reachedByThoseGoingOn = remembering<Lane, number>(
  ({waived, fault, next}) => ((waived ?? fault) === undefined ? next : Infinity),
  least,
);

function least(numbers: readonly number[]): number {
  return Math.min(...numbers);
}

/** Returns true if every step has ended in every lane. */
export function isThrough(state: RunState): boolean {
  return state.steps.every((_, index) => isBehind(state, index));
}
