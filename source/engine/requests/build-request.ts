import type {Json} from '../../data/json.ts';
import type {Scope} from '../../runbook/expression/evaluate.ts';
import {evaluateMembers} from '../../runbook/expression/template.ts';
import type {Action} from '../../runbook/language/actions/actions.ts';
import type {Members} from '../../runbook/language/vocabulary.ts';
import type {OperationModel} from '../../runbook/operation.ts';
import type {CallPhase} from '../model/events.ts';
import {modelIn, type Program} from '../model/program.ts';
import type {ItemProgress, Lane, RunState} from '../model/state.ts';
import {scopeOf} from '../scope/expression-scope.ts';
import {
  refuseIncomplete,
  refuseMisfit,
  refuseUnsafe,
  refuseWrongEffect,
  refuseEmptyLists,
} from './unsafe-request.ts';

/** Inputs of a write besides its action. */
interface WriteBasis {
  readonly model: OperationModel;
  readonly item: ItemProgress;
  readonly scope: Scope;
}

/** The requests of an action that works on items. */
export interface Requests<A> {
  /** The phase in which a fresh item begins. */
  readonly firstPhase: CallPhase;
  /** The operation that a phase calls. */
  operation(action: A, phase: CallPhase): string;
  /** The phase of an item's next call, where it is not simply the one that it is in. */
  nextPhase?(action: A, item: ItemProgress): CallPhase;
  /** The members that the runbook gives. */
  members(action: A, phase: CallPhase): Members;
  /** The members that an operator agrees to, where they are more than those. */
  agreed?(action: A): Members;
  /** The whole request of a change, where it is more than the members that are given. */
  complete?(action: A, given: RequestMembers, basis: WriteBasis): RequestMembers;
}

export type RequestMembers = {readonly [member: string]: Json};

/**
 * The request of an item's next call. A change that is tried again is sent exactly as before, token and all.
 * Throws ExpressionError and UnsafeRequest.
 */
export function requestOf<A extends Action>(
  requests: Requests<A>,
  action: A,
  where: {
    readonly program: Program;
    readonly state: RunState;
    readonly lane: Lane;
    readonly item: ItemProgress;
    readonly phase: CallPhase;
    /** Time at which the step began (ms since the epoch). */
    readonly startedAt?: number | undefined;
  },
  token: string,
): RequestMembers {
  const {program, state, lane, item, phase, startedAt} = where;
  const model = modelIn(program, {action}, requests.operation(action, phase));
  refuseWrongEffect(model, phase);
  if (model.effect === 'change' && item.request !== undefined) return item.request as RequestMembers;
  const scope = scopeOf(state, lane, item.value, startedAt);
  const written = requests.members(action, phase);
  const built = evaluateMembers(written, scope);
  refuseEmptyLists(model, written, built);
  refuseUnsafe(model.name, built);
  refuseMisfit(model, built);
  if (model.effect === 'read') {
    refuseIncomplete(model, built);
    return built;
  }
  const full = requests.complete?.(action, built, {model, item, scope}) ?? built;
  refuseUnsafe(model.name, full);
  refuseIncomplete(model, full);
  if (model.tokenMember === undefined || full[model.tokenMember] !== undefined) return full;
  return {...full, [model.tokenMember]: token};
}
