import type {Happening} from '../model/events.ts';
import {placeOf} from '../model/place.ts';
import type {Lane, RunState} from '../model/state.ts';
import {nextStep} from '../queries/progress.ts';

/**
 * Stops a lane where something would be built on a look that was caught: at a change, an assertion, or a step of the
 * account. Looks and waits go on before, and may see what that look did not.
 */
export function stopUnlooked(state: RunState, lane: Lane): Happening | undefined {
  if (lane.unlooked === undefined || lane.fault !== undefined || lane.waived !== undefined) return undefined;
  const next = nextStep(state, lane);
  if (next === undefined && lane.next >= state.steps.length) return undefined;
  const does = next === undefined ? undefined : state.steps[next]?.does;
  if (does === 'look' || does === 'wait' || does === 'pause') return undefined;
  const [first] = Object.entries(lane.unlooked);
  if (first === undefined) return undefined;
  const [step, fault] = first;
  return {type: 'step-failed', fault, ...placeOf(lane, step)};
}
