import type {RunQuestion} from '../engine/model/events.ts';
import type {Fault} from '../engine/model/fault.ts';
import {answerTimeoutMs} from '../engine/model/ports.ts';
import type {Lane, PendingCall, RunState, StepProgress} from '../engine/model/state.ts';
import {workIn, worksOf} from '../engine/evolve/active-steps.ts';
import {heldUntil} from '../engine/queries/held-until.ts';
import {askedAgainAt} from '../engine/queries/change-calendar.ts';
import {clockSpan, roughTimeLeft, timeLeft, timeOfDay, moment} from '../text/time.ts';
import {canBeResumed} from './run-mode.ts';
import {nextDue, pauseText} from './region-status.ts';
import {signs, type Sign} from './signs.ts';
import {approvalsText, awaitedText} from './approval-text.ts';
import {calendarName, calendarStateText, opensText, windowsText} from './gate-text.ts';
import {capital} from '../text/capital.ts';
import {nextAttempt, stoppedBy} from './glossary/words.ts';
import {batchFacts, presentStep, stepViews} from './step-progress.ts';
import {count, faultText, faultWord, isCutOff, shortTarget} from './fault-text.ts';

/** A call that takes longer is worth a word, in ms. */
const slowMs = 2000;

const dayMs = 86_400_000;

/** A call without an answer for longer is named by its Region (ms). */
const hungMs = 5000;

/** Uses to name. */
const mostNamed = 3;

/** The awaited event, its deadline and its reason. */
export interface Waiting {
  readonly sign: Sign;
  readonly text: string;
  /** Reason, or further facts. */
  readonly because?: string;
}

/** Returns the awaited event at `now` (ms since the epoch). There always is one. */
export function waitingFor(state: RunState, now: number): Waiting {
  if (state.started === undefined) return {sign: signs.active, text: 'Starting'};
  if (state.ended !== undefined) return {sign: signs.done, text: state.ended.message};
  if (state.interrupted !== undefined) return stopping(state, state.interrupted, now);
  if (state.question !== undefined) return decision(state.question, now);
  const {detour} = state;
  const held = heldUntil(state, now);
  if (detour !== undefined && held !== undefined) {
    return {
      sign: signs.retry,
      text: `Trying again in ${timeLeft(held - now)}, at ${timeOfDay(held)}: ${nextAttempt(detour.visit, detour.maxVisits)}`,
      because: [reasonText(detour.fault), refusedAgain(state)].filter(Boolean).join(' '),
    };
  }
  const {gate} = state;
  if (gate?.calendar !== undefined) return closedCalendar(state, gate.calendar, now);
  if (gate !== undefined) return closedGate(state, gate, now);
  return work(state, now);
}

function decision({approvals}: RunQuestion, now: number): Waiting {
  if (approvals === undefined) return {sign: signs.active, text: 'Waiting for your decision'};
  const text = `${approvalsText(approvals, now)}, waiting for ${awaitedText(approvals)}`;
  return {sign: signs.active, text};
}

/** Changes wait for a change calendar; looks that are under way go on. */
function closedCalendar(state: RunState, calendar: string, now: number): Waiting {
  const told = state.calendars?.[calendar];
  const said = told === undefined ? 'CLOSED' : calendarStateText(told, now);
  const again = told === undefined ? '' : `; AWS is asked again at ${moment(askedAgainAt(told), now)}`;
  return {
    sign: signs.paused,
    text: `Waiting for the change calendar ${calendarName(calendar)}: ${said}`,
    because: `${told?.fault?.remedy ?? calendar}${again}`,
  };
}

/** Changes wait for a window; looks that are under way go on. */
function closedGate(state: RunState, gate: NonNullable<RunState['gate']>, now: number): Waiting {
  const left = gate.until - now > dayMs ? '' : `, in ${roughTimeLeft(gate.until - now)}`;
  return {
    sign: signs.paused,
    text: `Waiting for the change window: ${opensText(gate, now)}${left}`,
    ...because(windowsText(state)),
  };
}

/** The reason for another attempt, the words of AWS first. */
function reasonText(fault: Fault): string {
  const text = fault.kind === 'waiter' ? fault.message : faultText(fault);
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/** Explains what the next attempt is refused for, as far as AWS named it and no look has found it gone. */
function refusedAgain({lanes}: RunState): string {
  const named = [...lanes].flatMap(({region = '', usage, waived}) =>
    usage.map(({resource}) => {
      const where = waived === undefined ? region : `${region}, which ${waived.by} waived`;
      return `${shortTarget(resource)} (${where})`;
    }),
  );
  if (named.length === 0) return '';
  const shown = named.slice(0, mostNamed).join(', ');
  const more = named.length > mostNamed ? ` and ${named.length - mostNamed} more` : '';
  return `It is refused again as long as ${named.length === 1 ? 'this is' : 'these are'} in use: ${shown}${more}.`;
}

function stopping(state: RunState, signal: string, now: number): Waiting {
  const {calls} = state;
  const text =
    calls.length === 0
      ? signal === 'hand-over'
        ? 'Handed over: a terminal that watches can go on'
        : `${capital(stoppedBy(signal))}: ${canBeResumed(state) ? 'the run can be resumed' : 'a simulation cannot be resumed'}`
      : `Stopping when ${count(calls.length, 'call')} under way ended`;
  return {sign: signs.retry, text, ...because(longest(calls, now))};
}

function work(state: RunState, now: number): Waiting {
  const views = stepViews(state);
  const view = views[presentStep(state, views)];
  if (view === undefined) return {sign: signs.active, text: 'Starting'};
  const {outline} = view;
  const lanes: readonly Lane[] = outline.scope === 'account' ? [state.account] : [...state.lanes];
  const current = lanes.flatMap((lane) => workIn(lane, outline.id) ?? []);
  const left =
    outline.scope === 'region'
      ? `: ${view.done} of ${count(view.total, view.counts === 'changes' ? 'change' : 'Region')} done`
      : '';
  const paced = outline.does === 'pause' ? goesOn(state, current, now) : pace(current, now);
  // A poll is under way for a moment, again and again: what is waited for stays in its place.
  const slow = state.calls.some(({phase, startedAt}) => phase !== 'poll' || now - startedAt >= slowMs);
  const hung = unanswered(state.calls, now);
  const underWay = hung === undefined && (slow || paced.length === 0) ? longest(state.calls, now) : undefined;
  const facts = [hung, ...batchFacts(current, now), ...paced, retries(state, now) ?? underWay];
  const known = facts.filter((fact) => fact !== undefined).join(', ');
  return {sign: signs.active, text: `${outline.title}${left}`, ...because(known === '' ? undefined : known)};
}

/** Formats the next check and the deadline of a waiting step. */
function pace(current: readonly StepProgress[], now: number): readonly string[] {
  const due = current.flatMap((progress) => nextDue(progress) ?? []);
  const deadlines = current.flatMap((progress) => progress.deadline ?? []);
  const next = Math.ceil((Math.min(...due) - now) / 1000) * 1000;
  return [
    ...(due.length === 0 ? [] : [`next check in ${clockSpan(next)}`]),
    ...(deadlines.length === 0 ? [] : [`gives up in ${roughTimeLeft(Math.max(...deadlines) - now)}`]),
  ];
}

/** Formats the end of a pause; of several Regions' the last one, for which the account waits. */
function goesOn(state: RunState, current: readonly StepProgress[], now: number): readonly string[] {
  const ends = current.flatMap((progress) => progress.deadline ?? []);
  if (ends.length === 0) return [];
  const last = Math.max(...ends);
  const text = pauseText(state, last, now);
  const which = pauseText(state, Math.min(...ends), now) === text ? '' : 'the last ';
  return [`${which}${text}${last - now > dayMs ? '' : `, in ${roughTimeLeft(last - now)}`}`];
}

function retries(state: RunState, now: number): string | undefined {
  const waiting = [state.account, ...state.lanes].flatMap((lane) =>
    worksOf(lane).flatMap(({items}) =>
      [...items].flatMap(({fault, status, dueAt}) =>
        fault !== undefined && status === 'waiting' && dueAt !== undefined
          ? [{region: lane.region, fault, dueAt}]
          : [],
      ),
    ),
  );
  const first = waiting.toSorted((a, b) => a.dueAt - b.dueAt)[0];
  if (first === undefined) return undefined;
  const again = `tried again in ${timeLeft(first.dueAt - now)}`;
  const cut = waiting.filter(({fault}) => isCutOff(fault));
  // Several places at once have one cause: it is here.
  if (cut.length > 1 && cut.length === waiting.length) {
    return `this host reaches none of ${count(cut.length, 'place')}: ${first.fault.message}; ${again}`;
  }
  const where = first.region === undefined ? '' : ` in ${first.region}`;
  const more = waiting.length > 1 ? `, and ${waiting.length - 1} more to be tried again` : '';
  return `${faultWord(first.fault)}${where}, ${again}${more}`;
}

/** Names the Regions whose calls have no answer for long: `eu-west-1 has not answered for 22 s (gives up at 30 s)`. */
function unanswered(calls: readonly PendingCall[], now: number): string | undefined {
  const hung = calls
    .filter(({startedAt}) => now - startedAt >= hungMs)
    .toSorted((a, b) => a.startedAt - b.startedAt);
  const [first] = hung;
  if (first === undefined) return undefined;
  const since = now - first.startedAt;
  // A call that Handrail itself held back was sent later.
  const end = since < answerTimeoutMs ? ` (gives up at ${timeLeft(answerTimeoutMs)})` : '';
  const others = [...new Set(hung.map(placeOf))].filter((other) => other !== placeOf(first));
  const too =
    others.length === 0 ? '' : others.length === 1 ? `, ${others[0]} too` : `, ${others.length} more too`;
  return `${placeOf(first)} has not answered for ${timeLeft(since)}${end}${too}`;
}

/** The Region of a call; the service of one that is for the whole account. */
function placeOf({region, operation}: PendingCall): string {
  return region ?? operation.replace(/:.*/, '');
}

/** Shows that calls are under way, and that one takes long when it does. */
function longest(calls: readonly PendingCall[], now: number): string | undefined {
  const slowest = calls.toSorted((a, b) => a.startedAt - b.startedAt)[0];
  if (slowest === undefined) return undefined;
  const where = slowest.region === undefined ? '' : ` in ${slowest.region}`;
  const since = now - slowest.startedAt;
  const age = since < slowMs ? '' : ` for ${timeLeft(since)}`;
  return `${count(calls.length, 'call')} under way, ${slowest.operation}${where}${age}`;
}

function because(text: string | undefined): {readonly because?: string} {
  return text === undefined ? {} : {because: text};
}
