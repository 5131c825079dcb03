import type {Lane, PendingCall, RunState, StepProgress} from '../engine/model/state.ts';
import {workIn, worksOf} from '../engine/evolve/active-steps.ts';
import {heldUntil} from '../engine/queries/held-until.ts';
import {clockSpan, roughTimeLeft, timeLeft, timeOfDay} from '../text/time.ts';
import {nextDue, pauseText} from './region-status.ts';
import {signs, type Sign} from './signs.ts';
import {batchFacts, presentStep, stepViews} from './step-progress.ts';
import {count, faultText, faultWord} from './fault-text.ts';

/** A call that takes longer is worth a word, in ms. */
const slowMs = 2000;

const dayMs = 86_400_000;

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
  if (state.question !== undefined) return {sign: signs.active, text: 'Waiting for your decision'};
  const {detour} = state;
  const held = heldUntil(state, now);
  if (detour !== undefined && held !== undefined) {
    return {
      sign: signs.retry,
      text: `Trying again in ${timeLeft(held - now)}, at ${timeOfDay(held)}: retry ${detour.visit} of ${detour.maxVisits}`,
      because: `because ${faultText(detour.fault)}`,
    };
  }
  return work(state, now);
}

function stopping({calls}: RunState, signal: string, now: number): Waiting {
  const text =
    calls.length === 0
      ? signal === 'hand-over'
        ? 'Handed over: a terminal that watches can go on'
        : `Interrupted by ${signal}: the run can be resumed`
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
  const underWay = slow || paced.length === 0 ? longest(state.calls, now) : undefined;
  const facts = [...batchFacts(current, now), ...paced, retries(state, now) ?? underWay];
  const known = facts.filter((fact) => fact !== undefined).join(', ');
  return {sign: signs.active, text: `${outline.title}${left}`, ...because(known === '' ? undefined : known)};
}

/** Formats the next check and the deadline of a waiting step. */
function pace(current: readonly StepProgress[], now: number): readonly string[] {
  const due = current.flatMap((progress) => nextDue(progress) ?? []);
  const deadlines = current.flatMap((progress) => progress.deadline ?? []);
  const next = Math.ceil((Math.min(...due) - now) / 1000) * 1000;
  return [
    ...(due.length === 0 ? [] : [`next look in ${clockSpan(next)}`]),
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
  const where = first.region === undefined ? '' : ` in ${first.region}`;
  const more = waiting.length > 1 ? `, and ${waiting.length - 1} more to be tried again` : '';
  return `${faultWord(first.fault)}${where}, tried again in ${timeLeft(first.dueAt - now)}${more}`;
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
