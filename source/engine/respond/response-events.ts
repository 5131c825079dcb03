import {evaluateText} from '../../runbook/expression/template.ts';
import type {Step} from '../../runbook/language/step.ts';
import type {CallAction} from '../model/decision.ts';
import type {Happening} from '../model/events.ts';
import {faultMatches, type Fault} from '../model/fault.ts';
import {placeOf} from '../model/place.ts';
import type {CallOutcome} from '../model/ports.ts';
import {modelOf, type Program} from '../model/program.ts';
import {planRetry} from '../decide/retry.ts';
import {scopeOf} from '../decide/expression-scope.ts';
import {secondsOf} from '../decide/seconds.ts';
import type {ItemProgress, Lane, RunState} from '../model/state.ts';

/** What was answered to a call, and what is needed to make events of it. */
export interface Settlement {
  readonly program: Program;
  readonly state: RunState;
  readonly action: CallAction;
  /** The outcome; its output is the whole list when the call was the last page. */
  readonly outcome: CallOutcome;
  /** ms since the epoch. */
  readonly now: number;
  /** At least 0, below 1. */
  readonly random: number;
}

/** Where a settled call belongs. */
export interface Settled extends Settlement {
  readonly lane: Lane;
  readonly step: Step;
  readonly item: ItemProgress;
}

/** The event that ends the call, as AWS answered it. */
export function endOfCall(settlement: Settlement): CallSucceeded | CallFailed {
  const {action, outcome} = settlement;
  if (outcome.ok) return callSucceeded(action, outcome);
  return {type: 'call-failed', call: action.intent.call, ms: Math.round(outcome.ms), fault: outcome.fault};
}

/** The event of an answer. */
export function callSucceeded(
  {intent}: CallAction,
  outcome: Extract<CallOutcome, {ok: true}>,
): CallSucceeded {
  const request = outcome.requestId === undefined ? {} : {requestId: outcome.requestId};
  return {type: 'call-succeeded', call: intent.call, ms: Math.round(outcome.ms), ...request};
}

type CallSucceeded = Extract<Happening, {type: 'call-succeeded'}>;
type CallFailed = Extract<Happening, {type: 'call-failed'}>;

/** How often in a row a call may be held back for new credentials before it counts as failed. */
const maxHolds = 3;

/** A failed call: tried again, taken as done, or the end of its item. */
export function failed(settled: Settled, fault: Fault): readonly Happening[] {
  const {program, state, lane, step, item, action, now, random} = settled;
  const model = modelOf(program, action.intent.operation);
  const place = {item: item.key, ...placeOf(lane, step.id)};
  const {call} = action.intent;
  const callFailed = {type: 'call-failed' as const, call, ms: Math.round(settled.outcome.ms), fault};
  const {attempt} = action.intent;
  if (fault.kind === 'credentials' && (item.holds ?? 0) < maxHolds) {
    const held = {...callFailed, held: true};
    return state.paused === undefined ? [held, {type: 'paused', why: 'credentials', fault}] : [held];
  }
  // A deletion that was sent before and finds nothing now has happened.
  if (attempt > 1 && fault.kind === 'not-found' && model.operation.startsWith('Delete')) {
    const happened = model.name;
    return [callFailed, {type: 'item-done', output: null, note: 'was gone already', happened, ...place}];
  }
  const plan = planRetry(fault, attempt, {
    model,
    retriers: step.retry ?? [],
    seconds: (value) => secondsOf(value, scopeOf(state, lane)),
    maxAttempts: program.limits.maxAttempts,
    random,
  });
  if (plan !== undefined) {
    return [{...callFailed, retryAt: now + plan.delayMs, maxAttempts: plan.maxAttempts}];
  }
  return [callFailed, endOfItem(settled, fault)];
}

/** The end of an item that cannot be done: taken as done where the step's `catch` says so. Throws ExpressionError. */
export function endOfItem({state, lane, step, item}: Settled, fault: Fault): Happening {
  const place = {item: item.key, ...placeOf(lane, step.id)};
  const catcher = step.catch?.find(({errorEquals}) => faultMatches(fault, errorEquals));
  if (catcher?.next !== 'continue') return {type: 'item-failed', fault, ...place};
  const scope = scopeOf(state, lane, item.value);
  const note =
    catcher.message === undefined ? fault.message : String(evaluateText(catcher.message, scope, 'lenient'));
  return {type: 'item-done', output: null, note, ...place};
}
