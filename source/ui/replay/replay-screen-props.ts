import type {Event} from '../../engine/model/events.ts';
import type {RunState} from '../../engine/model/state.ts';
import type {Player} from '../../replay/player.ts';
import type {Timeline} from '../../replay/timeline.ts';
import {timeOfDay} from '../../text/time.ts';
import {createTeller} from './replay-history.ts';
import {noReply, type Reply} from '../question/reply.ts';
import type {Asking, Shown} from '../run/run-screen-state.ts';

/** A recording and where it came from. */
export interface Recording {
  readonly timeline: Timeline;
  /** Path of the journal. */
  readonly journal: string;
  /** Hash of the journal's last record. */
  readonly head: () => string;
}

/** What the run screen is given at each position of a replay. `now`: the time that it was (ms since the epoch). */
export function createShower(recording: Recording): (player: Player, now: number) => Shown {
  const {timeline, journal} = recording;
  const tell = createTeller(timeline);
  return ({count}, now) => {
    const state = timeline.stateAt(count);
    const closing = state.ended === undefined ? undefined : {state, journal, head: recording.head()};
    const asking = askingAt(timeline, count, state);
    return {state, now, ...tell(count), opening: '', asking, closing, replayed: true};
  };
}

/** The question that was open, with the answer that came. It cannot be answered again. */
function askingAt(timeline: Timeline, count: number, state: RunState): Asking | undefined {
  const {question} = state;
  if (question === undefined) return undefined;
  const answer = timeline.events
    .slice(count, count + nearby)
    .find((event) => event.type === 'answered' && event.step === question.step);
  return {id: count, question, answer: () => {}, given: answer === undefined ? noReply : replyOf(answer)};
}

/** While a question is open hardly anything else happens. */
const nearby = 1000;

function replyOf(event: Event): Reply {
  if (event.type !== 'answered') return noReply;
  const word = event.accepted ? 'confirmed' : 'declined';
  return {typed: event.typed ?? '', leaving: false, hint: `${word} at ${timeOfDay(event.at)} (${event.by})`};
}
