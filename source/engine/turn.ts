import {decide} from './decide/decide.ts';
import {steer, type Command} from './decide/operator-commands.ts';
import {answerEvents} from './answers/answer-events.ts';
import {calendarHappenings} from './gates/calendar-answer.ts';
import {sendingOrder} from './decide/send-order.ts';
import {evolve} from './evolve/evolve.ts';
import type {CallAction} from './model/decision.ts';
import type {Event, Happening, RunQuestion} from './model/events.ts';
import {concealedHappening} from './model/mask-secrets.ts';
import {
  stamp,
  type Answer,
  type CalendarAnswer,
  type CallOutcome,
  type CallRequest,
  type Ports,
} from './model/ports.ts';
import {modelOf, type Program} from './model/program.ts';
import type {RunState} from './model/state.ts';
import {settle} from './respond/interpret-response.ts';
import {keptOfPage} from './respond/kept-of-page.ts';
import {requestOfPage, takePage, type Lists} from './respond/list-reader.ts';

/** News from the world since the last turn. */
export type Arrival =
  | {readonly kind: 'outcome'; readonly action: CallAction; readonly outcome: CallOutcome}
  /** The question is the very one of a state: another that reads the same is another. */
  | {readonly kind: 'answer'; readonly question: RunQuestion; readonly answer: Answer}
  | {
      readonly kind: 'command';
      readonly command: Command;
      /** The caller, in few words. */ readonly by: string;
    }
  | {readonly kind: 'renewed'; readonly fresh: boolean}
  | {readonly kind: 'calendar'; readonly calendar: string; readonly answer: CalendarAnswer}
  | {readonly kind: 'interrupted'; readonly signal: string};

/** How far a run is: the state that its events add up to, and the lists that are under way. */
export interface Standing {
  readonly state: RunState;
  readonly lists: Lists;
}

/** A call to make, and the request to send for it. */
interface PreparedCall {
  readonly action: CallAction;
  /** The action's own, with the token of its page. */
  readonly request: CallRequest;
}

/**
 * A turn of a run. Its batch has to be on disk before anything else is done about it. An open question is in its state.
 */
export interface RunTurn extends Standing {
  readonly batch: readonly Event[];
  /** In the order to send them in. */
  readonly calls: readonly PreparedCall[];
  /** Change calendars to ask: what they say arrives as news. */
  readonly calendars: readonly string[];
  /** Time of the next turn if nothing arrives before (ms since the epoch). */
  readonly wakeAt?: number;
}

/**
 * Takes a run one turn further: records all news, and decides on it. Pure but for `chance`. The runner of this process
 * and a durable host both drive a run by it.
 */
export function turn(
  program: Program,
  before: Standing,
  arrivals: readonly Arrival[],
  now: number,
  chance: Ports['chance'],
): RunTurn {
  const batch: Event[] = [];
  let {state, lists} = before;
  const apply = (happening: Happening): void => {
    const event = stamp(concealedHappening(happening, program.secrets ?? []), now);
    state = evolve(state, event);
    batch.push(event);
  };
  for (const arrival of arrivals) {
    const news = newsOf(program, {state, lists}, arrival, now, chance);
    for (const happening of news.happenings) apply(happening);
    ({lists} = news);
  }
  const token = (): string => chance.token();
  let decision = decide(program, state, now, token);
  while (decision.records.length > 0) {
    for (const happening of decision.records) apply(happening);
    decision = decide(program, state, now, token);
  }
  for (const {intent} of decision.calls) apply(intent);
  const {wakeAt} = decision;
  if (decision.ask !== undefined) apply({type: 'asked', question: decision.ask});
  const calls = sendingOrder(decision.calls, state).map((action) => ({
    action,
    request: requestOfPage(lists, action, modelOf(program, action.intent.operation)),
  }));
  return {
    state,
    lists,
    batch,
    calls,
    calendars: decision.calendars ?? [],
    ...(wakeAt === undefined ? {} : {wakeAt}),
  };
}

interface News {
  readonly happenings: readonly Happening[];
  readonly lists: Lists;
}

function newsOf(
  program: Program,
  {state, lists}: Standing,
  arrival: Arrival,
  now: number,
  chance: Ports['chance'],
): News {
  if (arrival.kind !== 'outcome') return {happenings: happeningsOf(program, state, arrival), lists};
  const {action, outcome} = arrival;
  // A call has one outcome. Another one, or one of a call that is not under way, is nothing.
  if (!state.calls.some(({call}) => call === action.intent.call)) return {happenings: [], lists};
  const pick = (page: CallRequest['input'][string]): ReturnType<typeof keptOfPage> =>
    keptOfPage(program, state, action, page);
  const taken = takePage(lists, action, outcome, pick);
  return {
    happenings: settle({program, state, action, ...taken.came, now, random: chance.random()}),
    lists: taken.lists,
  };
}

function happeningsOf(
  program: Program,
  state: RunState,
  arrival: Exclude<Arrival, {kind: 'outcome'}>,
): readonly Happening[] {
  switch (arrival.kind) {
    case 'answer':
      return answerEvents(state, arrival.question, arrival.answer);
    case 'command':
      return steer(program, state, arrival.command, arrival.by);
    case 'calendar':
      return calendarHappenings(state, arrival.calendar, arrival.answer);
    case 'renewed': {
      if (state.paused?.why !== 'credentials') return [];
      const by = arrival.fresh ? 'new credentials' : 'the same credentials, which AWS takes again';
      return [{type: 'continued', by}];
    }
    default:
      return state.interrupted === undefined && state.ended === undefined
        ? [{type: 'interrupted', signal: arrival.signal}]
        : [];
  }
}
