import {evaluateText} from '../../runbook/expression/template.ts';
import {ExpressionError} from '../../runbook/expression/parse.ts';
import type {Happening} from '../model/events.ts';
import {expressionFault} from '../model/fault.ts';
import {itemIn} from '../evolve/item-updates.ts';
import {placeOf} from '../model/place.ts';
import type {CallOutcome} from '../model/ports.ts';
import {answerScope} from '../decide/expression-scope.ts';
import {callSucceeded, endOfCall, failed, type Settled, type Settlement} from './response-events.ts';
import {settlePoll} from './interpret-poll.ts';
import {settleUpdate} from './interpret-update.ts';
import {workIn} from '../evolve/active-steps.ts';

/** The events that an answer amounts to. Pure. */
export function settle(settlement: Settlement): readonly Happening[] {
  const {program, state, action} = settlement;
  const {intent} = action;
  const lane = intent.region === undefined ? state.account : state.lanes.get(intent.region);
  const step = program.runbook.steps.find(({id}) => id === intent.step);
  const item = itemIn(workIn(lane, intent.step)?.items, intent.item);
  if (lane === undefined || step === undefined || item === undefined) return [];
  const settled = {...settlement, lane, step, item};
  try {
    return outcomeEvents(settled);
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    const fault = expressionFault(error);
    return [endOfCall(settled), {type: 'item-failed', item: item.key, fault, ...placeOf(lane, step.id)}];
  }
}

function outcomeEvents(settled: Settled): readonly Happening[] {
  const {step, outcome} = settled;
  if (!outcome.ok && step.waitUntil === undefined) return failed(settled, outcome.fault);
  try {
    if (step.waitUntil !== undefined) return settlePoll(settled, step.waitUntil);
    return outcome.ok ? answered(settled, outcome) : [];
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    // An answer without the members that the runbook builds on is no answer: a portal's page, or half of one.
    return failed(settled, {...expressionFault(error), kind: 'garbled', name: 'GarbledAnswer'});
  }
}

function answered(settled: Settled, outcome: Extract<CallOutcome, {ok: true}>): readonly Happening[] {
  const {state, lane, step, item, action} = settled;
  const {effect} = action.intent;
  const place = {item: item.key, ...placeOf(lane, step.id)};
  const succeeded = callSucceeded(action, outcome);
  if (outcome.nextToken !== undefined) return [{...succeeded, more: true}];
  const answer = answerScope(state, lane, item.value, outcome.output);
  if (step.update !== undefined) return settleUpdate(settled, outcome);
  const output = step.output === undefined ? outcome.output : evaluateText(step.output, answer, 'strict');
  const kept = effect === 'change' ? {output: outcome.output} : {};
  return [
    {...succeeded, ...kept},
    {type: 'item-done', output, ...place},
  ];
}
