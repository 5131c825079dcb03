import {byId} from '../../data/by-id.ts';
import {ExpressionError} from '../../runbook/expression/parse.ts';
import type {Action} from '../../runbook/language/actions/actions.ts';
import type {Step} from '../../runbook/language/step.ts';
import type {Calls, Work} from '../actions/action.ts';
import {callsOf, handlerOf} from '../actions/actions.ts';
import {workIn, worksOf} from '../evolve/active-steps.ts';
import {nothing, resting, type CallAction, type Decision} from '../model/decision.ts';
import type {CallPhase, Happening} from '../model/events.ts';
import {expressionFault} from '../model/fault.ts';
import {placeOf} from '../model/place.ts';
import {modelIn} from '../model/program.ts';
import type {ItemProgress, Lane, StepProgress} from '../model/state.ts';
import {scopeOf} from '../scope/expression-scope.ts';
import {requestOf} from '../requests/build-request.ts';
import {refuseMasks, requestFault} from '../requests/unsafe-request.ts';
import {askBeforeSending} from './consent.ts';
import {fail, succeed} from './end-step.ts';
import {heldByPause, nextBatch, openNow} from './in-batches.ts';
import {openItems} from './open-items.ts';
import type {Turn} from './turn.ts';

/** Decides the work on a step that a lane is in. */
export function decideWork(turn: Turn, progress: StepProgress): Decision {
  const {program, lane, now} = turn;
  const step = byId(program.runbook.steps, progress.step);
  const work = step === undefined ? undefined : handlerOf(step.action).work;
  if (step === undefined || work === undefined || lane.fault !== undefined) return resting;
  const timeIsUp = progress.deadline !== undefined && now >= progress.deadline;
  const held = timeIsUp ? undefined : heldByPause(progress, now);
  if (held !== undefined) return held;
  const open = timeIsUp ? openItems(progress.items, Infinity) : openNow(progress, step.maxConcurrency);
  const doubtful = open.find((item) => item.doubtful === true);
  if (doubtful !== undefined) return askToResend(turn, step, doubtful);
  if (open.length > 0) return workOn(turn, work, {step, progress, open});
  const next = timeIsUp ? undefined : nextBatch(turn, progress);
  if (next !== undefined) return {...nothing, records: [next]};
  const failed = [...progress.items].find(({status}) => status === 'failed');
  // Parallel steps may be given up with it, but not while an answer is outstanding.
  if (failed !== undefined && awaitsAnswers(lane)) return resting;
  try {
    return {
      ...nothing,
      records: failed === undefined ? succeed(turn, step, progress) : fail(turn, step, progress, failed),
    };
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    if (awaitsAnswers(lane)) return resting;
    return {
      ...nothing,
      records: [{type: 'step-failed', fault: expressionFault(error), ...placeOf(lane, step.id)}],
    };
  }
}

/** A call whose answer was lost, and that must not be made twice, is the operator's to decide. */
function askToResend({state, lane}: Turn, step: Step, item: ItemProgress): Decision {
  if (state.question !== undefined) return nothing;
  const operation = callsOf(step.action).operation(step.action, item.phase);
  const region = lane.region === undefined ? {} : {region: lane.region};
  return {
    ...nothing,
    ask: {
      step: step.id,
      message:
        `${operation} was sent, and the run was cut off before its answer came. Look whether it happened. ` +
        'Say yes to send it again.',
      changes: [{step: step.id, title: step.title, operation, target: item.key, ...region}],
      kind: 'resend',
      resend: {item: item.key, ...region},
    },
  };
}

function awaitsAnswers(lane: Lane): boolean {
  return worksOf(lane).some(({items}) => [...items].some(({status}) => status === 'calling'));
}

interface OpenWork {
  readonly step: Step;
  readonly progress: StepProgress;
  readonly open: readonly ItemProgress[];
}

function workOn(turn: Turn, work: Work<Action>, {step, progress, open}: OpenWork): Decision {
  const {action} = step;
  const {atDeadline, calls: way} = work;
  const timeLimit = atDeadline === undefined ? undefined : progress.deadline;
  let active = open.filter(({status}) => status === 'calling').length;
  if (active === open.length && timeLimit === undefined) return resting;
  const unagreed = askBeforeSending(turn.program, turn.state, {lane: turn.lane, step, now: turn.now}, open);
  if (unagreed !== undefined) return unagreed;
  const records: Happening[] = [];
  const calls: CallAction[] = [];
  const dues: number[] = [];
  let crowdedOut = false;
  for (const item of open) {
    if (item.status === 'calling') continue;
    if (atDeadline !== undefined && timeLimit !== undefined && turn.now >= timeLimit) {
      // The item ends, not the run: calls in flight may still return, and nothing more is started.
      const at = {item: item.key, ...placeOf(turn.lane, step.id)};
      const end = atDeadline(action, step, item);
      records.push(
        'fault' in end ? {type: 'item-failed', ...end, ...at} : {type: 'item-done', ...end, ...at},
      );
      continue;
    }
    if (way === undefined) {
      dues.push(timeLimit ?? Infinity);
      continue;
    }
    const due = Math.min(dueOf(turn, work, step, item), timeLimit ?? Infinity);
    if (item.status === 'waiting' && due > turn.now) {
      dues.push(due);
      // An item that waits for its next try or poll keeps its place: the others are not started past it.
      if (item.attempt > 0 || item.phase === 'poll') active += 1;
      continue;
    }
    if (active >= step.maxConcurrency) continue;
    if (turn.budget.calls <= 0) {
      crowdedOut = true;
      continue;
    }
    try {
      calls.push(callFor(turn, way, step, item));
      active += 1;
    } catch (error) {
      const place = placeOf(turn.lane, step.id);
      records.push({type: 'item-failed', item: item.key, fault: requestFault(error), ...place});
    }
  }
  const wakeAt = dues.reduce((first, due) => Math.min(first, due), Infinity);
  const rest = {calls: crowdedOut, until: Math.min(wakeAt, timeLimit ?? Infinity)};
  return {
    records,
    calls,
    ...(wakeAt === Infinity ? {} : {wakeAt}),
    ...(records.length > 0 || calls.length > 0 ? {} : {rest}),
  };
}

/** Time at which an item may be worked on. Once a sibling's wait has ended, a poll may be due sooner. */
function dueOf(
  {state, lane}: Turn,
  {dueAfterSibling}: Work<Action>,
  {id, action}: Step,
  item: ItemProgress,
): number {
  const {dueAt = 0, polledAt = Infinity, fault} = item;
  const endedAt = state.seenOver?.[id];
  if (dueAfterSibling === undefined || endedAt === undefined || endedAt <= polledAt || fault !== undefined)
    return dueAt;
  return Math.min(dueAt, dueAfterSibling(action, polledAt, endedAt, scopeOf(state, lane, item.value)));
}

/** Number of the try. A read before another try is none. */
function attemptOf(phase: CallPhase, {sent = 0, attempt}: ItemProgress): number {
  if (phase === 'recheck') return attempt;
  return (phase === 'write' ? sent : attempt) + 1;
}

function callFor(turn: Turn, calls: Calls<Action>, step: Step, item: ItemProgress): CallAction {
  const {program, state, lane} = turn;
  const {action} = step;
  const phase = calls.nextPhase?.(action, item) ?? (item.phase === 'call' ? calls.firstPhase : item.phase);
  const model = modelIn(program, step, calls.operation(action, phase));
  const startedAt = workIn(lane, step.id)?.startedAt;
  const input = requestOf(calls, action, {program, state, lane, item, phase, startedAt}, turn.token());
  refuseMasks(model.name, input, program.secrets ?? []);
  turn.budget.calls -= 1;
  turn.budget.last += 1;
  return {
    intent: {
      type: 'call-started',
      call: turn.budget.last,
      ...placeOf(lane, step.id),
      item: item.key,
      phase,
      operation: model.name,
      effect: model.effect,
      attempt: attemptOf(phase, item),
      page: item.page,
      input,
      ...(model.effect === 'change' && model.resend === 'never' ? {once: true} : {}),
    },
    request: {
      operation: model.name,
      input,
      ...(lane.region === undefined ? {} : {region: lane.region}),
      ...(phase === 'read' ? {exact: true} : {}),
    },
  };
}
