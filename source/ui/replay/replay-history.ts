import type {Event} from '../../engine/model/events.ts';
import type {RunState} from '../../engine/model/state.ts';
import type {Timeline} from '../../replay/timeline.ts';
import {CallLog, type RecentCalls} from '../regions/call-log.ts';
import type {NarratedEvent} from '../../wording/narrated-event.ts';
import {createNarrator, type Narrator} from '../../wording/narrate.ts';

/** Display of the events before a position, besides the state. */
export interface Past {
  /** Recent events, the oldest first. */
  readonly told: readonly NarratedEvent[];
  readonly calls: RecentCalls;
}

/** Number of narrated events that are kept: more than any screen shows. */
const kept = 100;
/** Events narrated again after a seek. Earlier ones are off the screen, or the run was silent for long. */
const window = 1000;

/** Returns the recent events and calls at each position of a replay. */
export function createTeller(timeline: Timeline): (count: number) => Past {
  let narrate = createNarrator();
  let log = new CallLog();
  let count = 0;
  let told: readonly NarratedEvent[] = [];

  return (wanted) => {
    if (wanted < count || wanted > count + window) {
      count = Math.max(0, wanted - window);
      narrate = primed(timeline.stateAt(count));
      log = new CallLog();
      told = [];
    }
    if (wanted > count) {
      const {steps} = timeline.stateAt(wanted);
      const fresh = timeline.events.slice(count, wanted);
      fresh.forEach((event) => log.add(event));
      told = [...told, ...fresh.flatMap((event) => narrate(event, steps))].slice(-kept);
      count = wanted;
    }
    return {told, calls: log.recent};
  };
}

/** A narrator that knows of the calls that are under way. */
function primed(state: RunState): Narrator {
  const narrate = createNarrator();
  for (const {startedAt, ...call} of state.calls) {
    const event: Event = {type: 'call-started', page: 1, input: null, at: startedAt, ...call};
    narrate(event, state.steps);
  }
  return narrate;
}
