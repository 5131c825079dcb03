import {afterAlongside, firstAlongside} from '../runbook/alongside.ts';
import {oncePer} from './once-per.ts';
import type {Lane, RunState} from './state.ts';
import {workIn} from './works.ts';

/**
 * The step that a lane comes to next: past the steps of the other scope that are behind it. Undefined when it has
 * to wait for the others there, when something stopped it, or when it is through.
 *
 * An account step waits for every Region; a Region step that follows one waits for the account.
 */
export function nextStep(state: RunState, lane: Lane): number | undefined {
  if (lane.fault !== undefined || lane.waived !== undefined) return undefined;
  const scope = lane.region === undefined ? 'account' : 'region';
  let index = lane.next;
  while (index < state.steps.length && state.steps[index]?.scope !== scope) {
    if (!isBehind(state, index)) return undefined;
    index += 1;
  }
  return index < state.steps.length ? index : undefined;
}

/**
 * The steps that a lane is to begin now: the next one and those that go on at the same time, without those that it is in
 * or through with.
 */
export function stepsToBegin(state: RunState, lane: Lane): readonly number[] {
  if (lane.fault !== undefined || lane.waived !== undefined) return [];
  const {steps} = state;
  const present = lane.current?.step;
  const at = present === undefined ? nextStep(state, lane) : steps.findIndex(({id}) => id === present);
  if (at === undefined || at < 0) return [];
  const first = firstAlongside(steps, at);
  return Array.from({length: afterAlongside(steps, at) - first}, (_, index) => first + index).filter(
    (index) => {
      const id = steps[index]?.id ?? '';
      return lane.results[id] === undefined && workIn(lane, id) === undefined;
    },
  );
}

/** Whether every lane of the step's scope has ended it. */
export function isBehind(state: RunState, index: number): boolean {
  if (state.steps[index]?.scope === 'account') return state.account.next > index;
  return state.lanes.pieces().every((piece) => reachedByAll(piece) > index);
}

/** The first step that one of the lanes has not ended; the work that was waived does not count. */
const reachedByAll = oncePer((piece: readonly Lane[]): number =>
  Math.min(
    ...piece.map(({waived, fault, next}) =>
      waived !== undefined ? Infinity : fault === undefined ? next : 0,
    ),
  ),
);

/** Whether every step has ended in every lane. */
export function isThrough(state: RunState): boolean {
  return state.steps.every((_, index) => isBehind(state, index));
}
