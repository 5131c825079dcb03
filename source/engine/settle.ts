import {evaluateText} from '../runbook/expression/template.ts';
import {ExpressionError} from '../runbook/expression/parse.ts';
import type {Happening, Json} from './events.ts';
import {expressionFault, type Fault} from './fault.ts';
import {placeOf} from './place.ts';
import type {CallOutcome} from './ports.ts';
import {modelOf} from './program.ts';
import {answerScope} from './scope.ts';
import {callSucceeded, endOfCall, failed, type Settled, type Settlement} from './settled.ts';
import {settlePoll} from './settle-poll.ts';
import {differences} from './update.ts';

/** The events that an answer amounts to. Pure. */
export function settle(settlement: Settlement): readonly Happening[] {
  const {program, state, action} = settlement;
  const {intent} = action;
  const lane = intent.region === undefined ? state.account : state.lanes[intent.region];
  const step = program.runbook.steps.find(({id}) => id === intent.step);
  const item = lane?.current?.items.find(({key}) => key === intent.item);
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
  const {phase, effect} = action.intent;
  const place = {item: item.key, ...placeOf(lane, step.id)};
  const succeeded = callSucceeded(action, outcome);
  if (outcome.nextToken !== undefined) return [{...succeeded, more: true}];
  const answer = answerScope(state, lane, item.value, outcome.output);
  if (phase === 'read' && outcome.unmodelled.length > 0) {
    const fault: Fault = {
      kind: 'unsafe',
      name: 'UnmodelledMembers',
      message: `not changed: AWS answered with ${outcome.unmodelled.join(', ')}, which a write would lose`,
      remedy: 'make this change by hand, or use a newer version of Handrail',
    };
    return [succeeded, {type: 'item-failed', fault, ...place}];
  }
  if (phase === 'read' || phase === 'verify') {
    const resource = evaluateText(step.update?.resource ?? '', answer, 'strict');
    if (phase === 'read') return [{...succeeded, output: resource}];
    return [succeeded, verified(settled, resource, place)];
  }
  if (phase === 'write') return [{...succeeded, output: outcome.output}];
  const output = step.output === undefined ? outcome.output : evaluateText(step.output, answer, 'strict');
  const kept = effect === 'change' ? {output: outcome.output} : {};
  return [
    {...succeeded, ...kept},
    {type: 'item-done', output, ...place},
  ];
}

function verified(
  settled: Settled,
  after: Json,
  place: {item: string; step: string; region?: string},
): Happening {
  const {program, step, item} = settled;
  const write = modelOf(program, step.update?.write ?? '');
  const request = (item.request ?? {}) as {readonly [member: string]: Json};
  const different = differences(write, request, after);
  if (different.length === 0) return {type: 'item-done', output: after, ...place};
  const fault: Fault = {
    kind: 'conflict',
    name: 'ReadBackDiffers',
    message: `read back after the write, ${different.join(', ')} is not as written`,
    remedy: 'somebody else may be changing it: look at it before going on',
  };
  return {type: 'item-failed', fault, ...place};
}
