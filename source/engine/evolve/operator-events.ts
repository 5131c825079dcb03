import {indexById} from '../../data/by-id.ts';
import type {Event} from '../model/events.ts';
import {isUnanswered, outsideNamedRegions} from '../model/fault.ts';
import {beforeWrite} from './call-events.ts';
import {withPolicy} from '../gates/policy-rules.ts';
import {inItem, inLane, laneAt, without} from './lane-updates.ts';
import {rewound, rewoundLane, withPausesOf} from './rewind.ts';
import {isOver} from '../model/run-status.ts';
import type {ItemProgress, Lane, RunState, StepProgress} from '../model/state.ts';
import {withWorks, worksOf} from './active-steps.ts';

/** The operator answered the open question. */
export function answered(state: RunState, event: Extract<Event, {type: 'answered'}>): RunState {
  const asked = state.question;
  const open = withoutApprovals(without(state, 'question'), event.step);
  if (!event.accepted || asked === undefined || asked.step !== event.step) return open;
  if (asked.kind === 'resend') {
    const {region, item} = asked.resend;
    const place = region === undefined ? {step: event.step} : {step: event.step, region};
    return inItem(open, place, item, (progress) => without(progress, 'doubtful'));
  }
  const confirms = state.steps.some(({id, does}) => id === event.step && does === 'confirm');
  // A change's own step may be asked about more than once; a confirmation is for its last list.
  const before = confirms ? [] : (state.confirmed[event.step] ?? []);
  return {...open, confirmed: {...state.confirmed, [event.step]: [...before, ...asked.changes]}};
}

/** A decision ends what led up to it. */
function withoutApprovals(state: RunState, step: string): RunState {
  if (state.approvals === undefined) return state;
  return {...state, approvals: state.approvals.filter((one) => one.step !== step)};
}

/**
 * Continues a run in a new process. Calls with lost answers are made again: reads as new, changes exactly as sent.
 * Failed work is tried again.
 */
export function resumed(state: RunState, event: Extract<Event, {type: 'resumed'}>): RunState {
  if (isOver(state.ended)) return state;
  const next: RunState = {
    ...without(state, 'ended', 'interrupted', 'paused', 'question'),
    ...withPolicy(state, event.policy),
    ...windowsFound(state, event),
    resumedBy: [...(state.resumedBy ?? []), event.by],
    calls: [],
    visits: state.ended === undefined ? state.visits : {},
    account: tryAgain(state.account),
    // A waiver holds for the whole run.
    lanes: state.lanes.map((lane) =>
      lane.waived === undefined ? startedAgain(state, lane) : tryAgain(lane),
    ),
  };
  return event.lookAgainFrom === undefined ? next : withPausesOf(state, rewound(next, event.lookAgainFrom));
}

/** Windows that were read again. A window that was waited for may be open by them. */
function windowsFound(
  {gate}: RunState,
  {windows, at}: Extract<Event, {type: 'resumed'}>,
): Pick<RunState, 'windows' | 'gate'> {
  if (windows === undefined) return {};
  return {windows, ...(gate === undefined ? {} : {gate: {...gate, until: Math.min(gate.until, at)}})};
}

/**
 * The operator retries failed work of a lane. A waived Region loses its waiver. Its checks start over, so that the
 * plan for it is known.
 */
export function retried(state: RunState, event: Extract<Event, {type: 'retried'}>): RunState {
  const lane = laneAt(state, event);
  const again = inLane(state, event, (one) => startedAgain(state, one));
  if (lane?.waived === undefined) return again;
  // Conclusions of the account from the other Regions are drawn again, unless it is asking or working.
  if (state.question !== undefined || state.account.current !== undefined) return again;
  return {...again, account: rewoundLane(state, state.account, firstRegionStep(state))};
}

/** What waits for a time is due now: a jump back, a retry, the next look of a wait. A pause of the runbook stays. */
export function hastened(state: RunState, {at}: Extract<Event, {type: 'hastened'}>): RunState {
  const {detour} = state;
  return {
    ...state,
    ...(detour === undefined ? {} : {detour: {...detour, resumeAt: Math.min(detour.resumeAt, at)}}),
    account: dueBy(state.account, at),
    lanes: state.lanes.map((lane) => dueBy(lane, at)),
  };
}

function dueBy(lane: Lane, at: number): Lane {
  const works = worksOf(lane).map((work) => ({
    ...work,
    items: work.items.map((item) =>
      item.status === 'waiting' && item.dueAt !== undefined && item.dueAt > at ? {...item, dueAt: at} : item,
    ),
  }));
  const next = works.length === 0 ? lane : withWorks(lane, works);
  return next.resumeAt === undefined ? next : {...next, resumeAt: Math.min(next.resumeAt, at)};
}

/** The lane, to go on. One that was never looked at to the end, or has to be stopped by hand, is looked at again. */
function startedAgain(state: RunState, lane: Lane): Lane {
  const {faultStep = '', unlooked} = lane;
  if (lane.waived === undefined && unlooked?.[faultStep] !== undefined) {
    return rewoundLane(state, tryAgain(lane), indexById(state.steps, faultStep));
  }
  if (lane.waived === undefined && lane.fault?.name !== outsideNamedRegions) return tryAgain(lane);
  return rewoundLane(state, tryAgain(without(lane, 'waived')), firstRegionStep(state));
}

function firstRegionStep({steps}: RunState): number {
  return steps.findIndex(({scope}) => scope === 'region');
}

/** Returns the lane with failed and unfinished work to do again. Finished work stays finished. */
export function tryAgain(lane: Lane): Lane {
  const {faultStep, results} = lane;
  const kept = faultStep === undefined ? results : without(results, faultStep);
  const next = {...without(lane, 'fault', 'faultStep'), results: kept};
  const works = worksOf(lane).filter((work) => !beginsAnew(work));
  return withWorks(
    next,
    works.map((work) => ({...work, items: work.items.map(itemAgain)})),
  );
}

/** A failed wait starts over with a new deadline. An interrupted wait keeps its deadline. */
function beginsAnew({deadline, items}: StepProgress): boolean {
  return deadline !== undefined && [...items].some(({status}) => status === 'failed');
}

/** A list that was read halfway is read from its first page: the pages were never journaled. */
function itemAgain(item: ItemProgress): ItemProgress {
  if (item.status === 'failed' && item.made === true) return item;
  const again: ItemProgress = {...beforeWrite(item), page: 1};
  if (item.status === 'calling') {
    // Work in flight counts as a change if the call's request changes something.
    if (item.phase === 'recheck') return {...again, status: 'todo', phase: 'call'};
    const sent = item.change !== undefined && item.phase !== 'read' && item.phase !== 'verify';
    return {
      ...again,
      status: 'todo',
      ...(sent ? {unsettled: true} : {}),
      ...(item.once === true ? {doubtful: true} : {}),
    };
  }
  if (item.status !== 'failed') return again;
  // A failed update starts with a fresh read: an operator may have repaired the resource by hand.
  const anew = without(again, 'dueAt', 'maxAttempts', 'usage', 'fault', 'holds');
  if (isUpdate(item)) {
    return {
      ...without(anew, 'before', 'request', 'sent', 'note', 'settlingSince'),
      status: 'todo',
      phase: 'call',
      attempt: 0,
    };
  }
  // A change that was sent and never answered counts as one try: it may have happened.
  const sent = item.request !== undefined && item.fault !== undefined && isUnanswered(item.fault);
  const doubtful = sent && item.once === true ? {doubtful: true} : {};
  return {...anew, status: 'todo', attempt: sent ? 1 : 0, ...doubtful};
}

function isUpdate({phase}: ItemProgress): boolean {
  return phase === 'read' || phase === 'write' || phase === 'verify';
}
