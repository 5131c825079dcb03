import type {Event} from '../engine/events.ts';
import type {RunState} from '../engine/state.ts';
import type {Timeline} from '../replay/timeline.ts';
import {createNarrator, type Narrator, type Told} from './narrate.ts';

/** Told events that are kept; more than any screen shows. */
const kept = 100;
/** Events that are told anew after a seek. What happened before them is off the screen, or the run was silent for long. */
const window = 2000;

/** What has been told lately at each position of a replay, the oldest first. */
export function createTeller(timeline: Timeline): (count: number) => readonly Told[] {
  let narrate = createNarrator();
  let count = 0;
  let told: readonly Told[] = [];

  return (wanted) => {
    if (wanted < count || wanted > count + window) {
      count = Math.max(0, wanted - window);
      narrate = primed(timeline.stateAt(count));
      told = [];
    }
    if (wanted > count) {
      const {steps} = timeline.stateAt(wanted);
      const fresh = timeline.events.slice(count, wanted).flatMap((event) => narrate(event, steps));
      told = [...told, ...fresh].slice(-kept);
      count = wanted;
    }
    return told;
  };
}

/** A narrator that knows of the calls that are under way. */
function primed(state: RunState): Narrator {
  const narrate = createNarrator();
  for (const {startedAt, ...call} of Object.values(state.calls)) {
    const event: Event = {type: 'call-started', page: 1, input: null, at: startedAt, ...call};
    narrate(event, state.steps);
  }
  return narrate;
}
