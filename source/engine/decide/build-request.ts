import {evaluateValue} from '../../runbook/expression/template.ts';
import type {OperationModel} from '../../runbook/operation.ts';
import type {Step} from '../../runbook/language/schema.ts';
import type {CallPhase, Json} from '../model/events.ts';
import {modelOf, type Program} from '../model/program.ts';
import {scopeOf} from './expression-scope.ts';
import type {ItemProgress, Lane, RunState} from '../model/state.ts';
import {refuseUnsafe} from './unsafe-request.ts';
import {updateRequest} from '../actions/update-request.ts';

export type Members = {readonly [member: string]: Json};

/** The operation that a phase of a step calls. */
export function operationOf(program: Program, step: Step, phase: CallPhase): OperationModel {
  const {update, waitUntil, call} = step;
  const name =
    update === undefined ? (waitUntil?.call ?? call) : phase === 'write' ? update.write : update.read;
  return modelOf(program, name ?? '');
}

/** The phase in which a fresh item of a step begins. */
export function firstPhase(step: Step): CallPhase {
  if (step.update !== undefined) return 'read';
  return step.waitUntil === undefined ? 'call' : 'poll';
}

/**
 * The request of an item's next call. A change that is tried again is sent exactly as before, token and all.
 * Throws ExpressionError and UnsafeRequest.
 */
export function requestOf(
  program: Program,
  state: RunState,
  where: {readonly lane: Lane; readonly step: Step; readonly item: ItemProgress; readonly phase: CallPhase},
  token: string,
): Members {
  const {lane, step, item, phase} = where;
  const model = operationOf(program, step, phase);
  if (model.effect === 'change' && item.request !== undefined) return item.request as Members;
  const scope = scopeOf(state, lane, item.value);
  const given = step.update?.with ?? step.waitUntil?.with ?? step.with ?? {};
  const built = evaluateValue(given, scope) as Members;
  refuseUnsafe(model.name, built);
  if (model.effect === 'read') return built;
  const full =
    step.update === undefined ? built : updateRequest(step.update, model, item.before, built, scope);
  refuseUnsafe(model.name, full);
  if (model.tokenMember === undefined || full[model.tokenMember] !== undefined) return full;
  return {...full, [model.tokenMember]: token};
}
