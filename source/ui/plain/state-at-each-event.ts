import type {Event} from '../../engine/model/events.ts';
import {evolve} from '../../engine/evolve/evolve.ts';
import type {RunState} from '../../engine/model/state.ts';

/** An event and the state right after it. */
export interface Moment {
  readonly event: Event;
  readonly state: RunState;
}

/**
 * The moments of a batch. Events are journaled many at a time; what a view says of each has to be what was true right
 * then, not at the end of the batch. `before` is the state that the view knows, `after` the one the batch leads to.
 */
export function moments(before: RunState, after: RunState, events: readonly Event[]): readonly Moment[] {
  // A view that joins a run on its way (a resume) knows nothing of what led to this batch.
  const joining = before.started === undefined && events[0]?.type !== 'run-started';
  if (joining) return events.map((event) => ({event, state: after}));
  let state = before;
  return events.map((event) => {
    state = evolve(state, event);
    return {event, state};
  });
}
