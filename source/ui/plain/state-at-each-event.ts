import type {Event} from '../../engine/model/events.ts';
import {evolve} from '../../engine/evolve/evolve.ts';
import type {RunState} from '../../engine/model/state.ts';

/** An event and the state right after it. */
export interface Moment {
  readonly event: Event;
  readonly state: RunState;
}

/**
 * Returns the state at each event of a batch. Events are journaled in batches, but a view must say of each
 * event only things that were true then. `before` is the state that the view knows, `after` the state after the
 * batch.
 */
export function moments(before: RunState, after: RunState, events: readonly Event[]): readonly Moment[] {
  // A view that joins a resumed run knows nothing of the events before this batch.
  const joining = before.started === undefined && events[0]?.type !== 'run-started';
  if (joining) return events.map((event) => ({event, state: after}));
  let state = before;
  return events.map((event) => {
    state = evolve(state, event);
    return {event, state};
  });
}
