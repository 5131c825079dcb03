import {byId} from '../../data/by-id.ts';
import type {Json} from '../../data/json.ts';
import {evaluateMessage, evaluateText} from '../../runbook/expression/template.ts';
import type {Catcher, Step} from '../../runbook/language/step.ts';
import type {CallAction} from '../model/decision.ts';
import type {Happening} from '../model/events.ts';
import {faultMatches, type Fault} from '../model/fault.ts';
import {placeOf} from '../model/place.ts';
import type {CallOutcome} from '../model/ports.ts';
import {modelIn, type Program} from '../model/program.ts';
import {planRetry} from './retry.ts';
import {scopeOf} from '../scope/expression-scope.ts';
import {secondsOf} from '../scope/seconds.ts';
import type {ItemProgress, Lane, RunState} from '../model/state.ts';

/** A response to a call, with the facts needed to make events of it. */
export interface Settlement {
  readonly program: Program;
  readonly state: RunState;
  readonly action: CallAction;
  /** The outcome; its output is the whole list when the call was the last page. */
  readonly outcome: CallOutcome;
  /** The entries that the step keeps of a list, where they were picked page by page. */
  readonly kept?: readonly Json[];
  /** ms since the epoch. */
  readonly now: number;
  /** At least 0, below 1. */
  readonly random: number;
}

/** Place of an answered call. */
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

/** The event of an answer. That to a change is kept: an undo may need it. */
export function callSucceeded(
  {intent}: CallAction,
  outcome: Extract<CallOutcome, {ok: true}>,
): CallSucceeded {
  const request = outcome.requestId === undefined ? {} : {requestId: outcome.requestId};
  const change = intent.effect === 'change' ? {output: outcome.output} : {};
  return {type: 'call-succeeded', call: intent.call, ms: Math.round(outcome.ms), ...request, ...change};
}

type CallSucceeded = Extract<Happening, {type: 'call-succeeded'}>;
type CallFailed = Extract<Happening, {type: 'call-failed'}>;

/** Consecutive holds for new credentials before a call counts as failed. */
const maxHolds = 3;

/** A failed call: tried again, taken as done, or the end of its item. */
export function failed(settled: Settled, fault: Fault): readonly Happening[] {
  const {program, state, lane, step, item, action, now, random} = settled;
  const model = modelIn(program, step, action.intent.operation);
  const place = {item: item.key, ...placeOf(lane, step.id)};
  const {call} = action.intent;
  const callFailed = {type: 'call-failed' as const, call, ms: Math.round(settled.outcome.ms), fault};
  const {attempt} = action.intent;
  const gone = fault.kind === 'not-found' && model.deletes === true;
  // Without an operator, credentials that cannot be renewed are not worth a wait.
  const mayCome = fault.renewable !== false || program.attended === true;
  if (fault.kind === 'credentials' && mayCome && (item.holds ?? 0) < maxHolds) {
    const held = {...callFailed, held: true};
    return state.paused === undefined ? [held, {type: 'paused', why: 'credentials', fault}] : [held];
  }
  // What the read would have shown is not known: the call itself says it.
  if (action.intent.phase === 'recheck') return [callFailed];
  // A deletion whose answer was lost, and that finds nothing now, has happened.
  if (gone && item.unsettled === true) {
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
  const end = endOfItem(settled, fault);
  if (!gone || end.type === 'item-done') return [callFailed, end];
  return [
    callFailed,
    {type: 'item-done', output: null, note: 'was gone already: another client deleted it', ...place},
  ];
}

/** Returns true if a catch leaves it open what a look in a Region would have found. */
export function isUnlooked({steps}: RunState, {region}: Lane, {id}: Step, {output}: Catcher): boolean {
  const does = byId(steps, id)?.does;
  return region !== undefined && output === undefined && (does === 'look' || does === 'wait');
}

type ItemEnd = Extract<Happening, {type: 'item-done' | 'item-failed'}>;

/** The end of an item that cannot be done: taken as done where the step's `catch` says so. Throws ExpressionError. */
export function endOfItem({state, lane, step, item}: Settled, fault: Fault): ItemEnd {
  const place = {item: item.key, ...placeOf(lane, step.id)};
  const catcher = step.catch?.find(({errorEquals}) => faultMatches(fault, errorEquals));
  if (catcher?.next !== 'continue') return {type: 'item-failed', fault, ...place};
  const scope = scopeOf(state, lane, item.value);
  const note = catcher.message === undefined ? fault.message : evaluateMessage(catcher.message, scope);
  const output = catcher.output === undefined ? null : evaluateText(catcher.output, scope, 'strict');
  const unlooked = isUnlooked(state, lane, step, catcher) ? {unlooked: fault} : {};
  return {type: 'item-done', output, note, notMade: true, ...unlooked, ...place};
}
