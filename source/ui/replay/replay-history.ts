import type {Event} from '../../engine/model/events.ts';
import type {RunState} from '../../engine/model/state.ts';
import type {Timeline} from '../../replay/timeline.ts';
import {createNarrator, type Narrator} from '../../wording/narrate/narrate.ts';
import {RecentPast} from '../run/recent-past.ts';

/** Events narrated again after a seek. Earlier ones are off the screen, or the run was silent for long. */
const window = 1000;

/** Returns the recent events and calls at each position of a replay. */
export function createTeller(timeline: Timeline): (count: number) => RecentPast {
  let past = new RecentPast();
  let count = 0;

  return (wanted) => {
    if (wanted < count || wanted > count + window) {
      count = Math.max(0, wanted - window);
      past = new RecentPast(primed(timeline.stateAt(count)));
    }
    if (wanted > count) {
      past.add(timeline.events.slice(count, wanted), timeline.stateAt(wanted).steps);
      count = wanted;
    }
    return past;
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
