import type {Event} from '../../engine/model/events.ts';
import type {RunState} from '../../engine/model/state.ts';
import type {Player} from '../../replay/player.ts';
import type {Timeline} from '../../replay/timeline.ts';
import {timeOfDay} from '../../text/time.ts';
import {decidedBy} from '../../wording/glossary/words.ts';
import {createTeller} from './replay-history.ts';
import type {Asked, Shown} from '../run/run-screen-state.ts';

/** A recording and where it came from. */
export interface Recording {
  readonly timeline: Timeline;
  /** Path of the journal. */
  readonly journal: string;
  /** Hash of the journal's last record. */
  readonly head: () => string;
}

/**
 * Returns the run screen's props at each position of a replay. `now` is the time of the run (ms since the
 * epoch).
 */
export function createShower(recording: Recording): (player: Player, now: number) => Shown {
  const {timeline, journal} = recording;
  const tell = createTeller(timeline);
  return ({count}, now) => {
    const state = timeline.stateAt(count);
    const closing = state.ended === undefined ? undefined : {state, journal, head: recording.head()};
    const asked = askedAt(timeline, count, state);
    const {told, log, calls} = tell(count);
    return {state, now, told, log, calls, opening: '', asked, closing};
  };
}

/** The question that was open, with its answer. It cannot be answered here. */
function askedAt(timeline: Timeline, count: number, state: RunState): Asked | undefined {
  const {question, interrupted} = state;
  // An interrupted run waits for no answer: it asks again when it is resumed.
  if (question === undefined || interrupted !== undefined) return undefined;
  const answer = timeline.events
    .slice(count, count + nearby)
    .find((event) => event.type === 'answered' && event.step === question.step);
  return {id: count, question, outcome: answer === undefined ? unanswered : outcomeOf(answer)};
}

/** While a question is open hardly anything else happens. */
const nearby = 1000;

const unanswered = 'No answer yet. It is given where the run is, not here.';

function outcomeOf(event: Event): string {
  if (event.type !== 'answered') return unanswered;
  const typed = event.typed === undefined ? '' : ` by typing ${event.typed}`;
  return `${decidedBy(event.accepted, event.by)} at ${timeOfDay(event.at)}${typed}`;
}
