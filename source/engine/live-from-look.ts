import {evolveAll, initialState} from './evolve/evolve.ts';
import type {Event, TakenLook} from './model/events.ts';
import type {RunState} from './model/state.ts';

/**
 * Returns the first records of a run that goes on from a look: all that the look has seen, without its question and its
 * end. So the run stands before its first question or change. Undefined where the look cannot be gone on from.
 */
export function liveFromLook(
  events: readonly Event[],
  run: string,
  look: TakenLook,
): readonly Event[] | undefined {
  if (!canBeGoneOnFrom(evolveAll(initialState, events))) return undefined;
  return events.flatMap((event): readonly Event[] => {
    if (event.type === 'asked' || event.type === 'run-ended') return [];
    return [event.type === 'run-started' ? {...event, run, mode: 'live', look} : event];
  });
}

/** A look that came to its end with every answer, and that did nothing in another way than a run would. */
function canBeGoneOnFrom({started, ended, calls, steps, account, lanes}: RunState): boolean {
  if (started?.mode !== 'plan' || ended?.status !== 'planned' || calls.length > 0) return false;
  // A look does not wait for a pause, and a run does.
  const pauses = steps.filter(({does}) => does === 'pause');
  return ![account, ...lanes].some(({results}) => pauses.some(({id}) => results[id] !== undefined));
}
