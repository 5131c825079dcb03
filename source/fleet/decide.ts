import {defined} from '../data/defined.ts';
import type {RunQuestion, TakenLook} from '../engine/model/events.ts';
import {allClosed, windowListsOf} from '../engine/queries/change-window.ts';
import {covers, isAccountWide, waveQuestion} from './consent.ts';
import type {FleetAnswer, FleetHappening, FleetLimits} from './events.ts';
import {fleetEnd} from './fleet-end.ts';
import {hasFailed, inPhase, type AccountState, type FleetState, type Wave} from './state.ts';

/** Age of a look from which it is made again: before its wave is asked about, and by a run that would go on from it (ms). */
export const staleMs = 10 * 60_000;

/** What happens next in a fleet. Each record is also the order to do it. */
export interface FleetDecision {
  readonly records: readonly FleetHappening[];
  /** When to decide again though nothing has happened (ms since the epoch). */
  readonly wakeAt?: number;
}

/** Names the run of an account. */
export type RunNamer = (account: string) => string;

const nothing: FleetDecision = {records: []};

/** Returns what happens next: looks, questions, starts, answers, the end. Empty while there is something to wait for. */
export function decideFleet(state: FleetState, now: number, nameRun: RunNamer): FleetDecision {
  const {started, ended, interrupted, paused} = state;
  if (started === undefined || [ended, interrupted, paused].some((one) => one !== undefined)) return nothing;
  const {limits} = started;
  const isHeld = state.held !== undefined;
  const stop = exceeded(state, limits);
  if (stop !== undefined) return {records: [{type: 'fleet-stopped', why: stop}]};
  const looks = isHeld ? [] : looksToStart(state, inPhase(state, 'unlooked'), limits, nameRun);
  if (looks.length > 0) return {records: looks};
  const answer = answerToGive(state, limits);
  if (answer !== undefined) return {records: [answer]};
  if (inPhase(state, 'unlooked', 'looking').length > 0) return nothing;
  if (started.mode === 'plan') return {records: [fleetEnd(state)]};
  const open = state.waves.find(({endedAt}) => endedAt === undefined);
  return open === undefined
    ? betweenWaves(state, limits, now, nameRun)
    : inWave(state, open, limits, now, nameRun);
}

/** The question of an account's run, with whether the consent to its wave covers it. */
export function childAsked(state: FleetState, account: string, question: RunQuestion): FleetHappening {
  const shown = state.accounts.get(account)?.look?.changes ?? [];
  return {type: 'child-asked', account, question, covered: covers(shown, question)};
}

function exceeded(state: FleetState, {tolerate}: FleetLimits): string | undefined {
  if (state.stopped !== undefined) return undefined;
  const failed = failedIn(state);
  if (failed <= tolerate) return undefined;
  return `${failed} ${failed === 1 ? 'account' : 'accounts'} failed, and ${tolerate} may`;
}

function failedIn(state: FleetState): number {
  return [...state.accounts.values()].filter(hasFailed).length;
}

function looksToStart(
  state: FleetState,
  wanted: readonly AccountState[],
  {looking}: FleetLimits,
  nameRun: RunNamer,
): readonly FleetHappening[] {
  const room = Math.max(0, looking - inPhase(state, 'looking').length);
  return wanted
    .slice(0, room)
    .map(({account: {id}}) => ({type: 'look-started', account: id, run: nameRun(id)}) as const);
}

/** The next answer that an account's run may be given. */
function answerToGive(state: FleetState, limits: FleetLimits): FleetHappening | undefined {
  for (const row of inPhase(state, 'going')) {
    const answer = answerFor(state, row, limits);
    if (answer !== undefined) return {type: 'child-answered', account: row.account.id, ...answer};
  }
  return undefined;
}

function answerFor(state: FleetState, row: AccountState, limits: FleetLimits): FleetAnswer | undefined {
  const open = row.question;
  if (open === undefined) return undefined;
  if (row.touched !== true && state.stopped !== undefined) {
    return {accepted: false, by: `the fleet, which stopped: ${state.stopped}`};
  }
  if (open.agreed?.accepted === false) return open.agreed;
  const yes = open.agreed ?? (open.covered ? consentOf(state, row) : undefined);
  if (yes === undefined) return undefined;
  if (row.touched !== true && (state.held !== undefined || changing(state) >= allowance(state, limits)))
    return undefined;
  const deletes = isAccountWide(open.question) && row.deleting !== true;
  if (deletes && deleting(state) >= limits.maxDeleting) return undefined;
  const {question} = open;
  return question.kind === 'type-text' ? {...yes, typed: question.typeToConfirm} : yes;
}

/** The answer to an account's wave, in the words of the answers to its run. */
function consentOf({waves}: FleetState, {wave}: AccountState): FleetAnswer | undefined {
  const {answer, accounts = []} = waves.find((one) => one.wave === wave) ?? {};
  if (answer?.accepted !== true) return undefined;
  const size = `${accounts.length} ${accounts.length === 1 ? 'account' : 'accounts'}`;
  return {accepted: true, by: `${answer.by}, to wave ${wave} of ${size}`};
}

/** Accounts that may be in the middle of their changes: if all of them fail, the tolerance is exceeded by one. */
function allowance(state: FleetState, {tolerate}: FleetLimits): number {
  return tolerate + 1 - failedIn(state);
}

function changing(state: FleetState): number {
  return inPhase(state, 'going').filter(({touched}) => touched === true).length;
}

function deleting({accounts}: FleetState): number {
  return [...accounts.values()].filter((row) => row.deleting === true).length;
}

function inWave(
  state: FleetState,
  wave: Wave,
  limits: FleetLimits,
  now: number,
  nameRun: RunNamer,
): FleetDecision {
  if (wave.answer === undefined) return nothing;
  if (!wave.answer.accepted) return {records: [fleetEnd(state)]};
  const rows = wave.accounts.flatMap((id) => state.accounts.get(id) ?? []);
  const going = inPhase(state, 'going').length;
  const isStopped = state.stopped !== undefined;
  const mayBegin = !isStopped && state.held === undefined && going < allowance(state, limits);
  const first = mayBegin ? rows.find(({phase}) => phase === 'agreed') : undefined;
  const closed = first === undefined ? undefined : heldByWindow(state, now);
  if (closed !== undefined && closed.records.length > 0) return closed;
  const next = begunBefore(state) ?? (closed === undefined ? first : undefined);
  if (next !== undefined && going < Math.max(limits.looking, limits.maxDeleting)) {
    const account = next.account.id;
    const run = next.run ?? nameRun(account);
    return {records: [{type: 'child-started', account, run, ...defined({look: lookToGoOnFrom(next, now)})}]};
  }
  const isToCome = !isStopped && rows.some(({phase}) => phase === 'agreed');
  if (going > 0 || isToCome || (next !== undefined && !isStopped)) return closed ?? nothing;
  const done = rows.filter(({end}) => end?.status === 'done').length;
  const failed = rows.filter(hasFailed).length;
  return {records: [{type: 'wave-ended', wave: wave.wave, done, failed}]};
}

/** The look that an account's run goes on from: the one that its wave has shown, unless it has grown old since. */
function lookToGoOnFrom({run, look, lookRun}: AccountState, now: number): TakenLook | undefined {
  if (run !== undefined || lookRun === undefined) return undefined;
  if (look?.head === undefined || now - look.at >= staleMs) return undefined;
  return {run: lookRun, head: look.head};
}

/** Returns the decision that holds up an account which is not begun while no window is open; undefined when it may begin. */
function heldByWindow(state: FleetState, now: number): FleetDecision | undefined {
  const {overridden} = state;
  if (overridden !== undefined) return undefined;
  const until = state.closed?.until;
  if (until !== undefined && now < until) return {records: [], wakeAt: until};
  const closed = allClosed(windowListsOf(state), now);
  if (closed !== undefined) return {records: [{type: 'window-closed', ...closed}]};
  return until === undefined ? undefined : {records: [{type: 'window-opened'}]};
}

/** An account of any wave whose changes were under way when the fleet was left: its deletion holds up the others'. */
function begunBefore(state: FleetState): AccountState | undefined {
  const begun = inPhase(state, 'agreed').filter(({touched}) => touched === true);
  return begun.find((row) => row.deleting === true) ?? begun[0];
}

function betweenWaves(state: FleetState, limits: FleetLimits, now: number, nameRun: RunNamer): FleetDecision {
  const ready = inPhase(state, 'ready');
  const unfinished = inPhase(state, 'agreed');
  if (state.stopped !== undefined || unfinished.length > 0 || ready.length === 0) {
    return {records: [fleetEnd(state)]};
  }
  if (state.held !== undefined) return nothing;
  const last = state.waves.at(-1)?.endedAt;
  const wakeAt = last === undefined ? now : last + limits.soakSeconds * 1000;
  if (wakeAt > now) return {records: [], wakeAt};
  const next = nextWave(state, ready, limits);
  const stale = next.filter(({look}) => look === undefined || now - look.at >= staleMs);
  if (stale.length > 0) return {records: looksToStart(state, stale, limits, nameRun)};
  return {records: [{type: 'wave-asked', ...waveQuestion(state, next)}]};
}

/** The accounts of the next wave: those with the fewest changes first, and those that are to come last by themselves. */
function nextWave(
  state: FleetState,
  ready: readonly AccountState[],
  {canary, wave}: FleetLimits,
): readonly AccountState[] {
  const all = ready.length + state.waves.flatMap(({accounts}) => accounts).length;
  const later = 'accounts' in wave ? wave.accounts : Math.ceil((all * wave.percent) / 100);
  const size = state.waves.length === 0 ? canary : later;
  const early = ready.filter(({account}) => account.wave !== 'last');
  const rows = early.length === 0 ? ready : early;
  return rows.toSorted((one, other) => changesIn(one) - changesIn(other)).slice(0, Math.max(1, size));
}

function changesIn({look}: AccountState): number {
  return look?.changes.length ?? 0;
}
