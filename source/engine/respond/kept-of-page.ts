import {byId} from '../../data/by-id.ts';
import {membersOf, type Json} from '../../data/json.ts';
import {listPickedFrom} from '../../runbook/expression/list-picked-from.ts';
import {evaluateText} from '../../runbook/expression/template.ts';
import {workIn} from '../evolve/active-steps.ts';
import {itemIn} from '../evolve/item-updates.ts';
import {laneAt} from '../evolve/lane-updates.ts';
import type {CallAction} from '../model/decision.ts';
import type {Program} from '../model/program.ts';
import type {RunState} from '../model/state.ts';
import {answerScope} from '../scope/expression-scope.ts';

/**
 * The entries that a step keeps of one page of a list. Undefined where the step's output has to be worked out of the
 * whole list. Throws ExpressionError.
 */
export function keptOfPage(
  program: Program,
  state: RunState,
  {intent}: CallAction,
  page: Json,
): readonly Json[] | undefined {
  const action = byId(program.runbook.steps, intent.step)?.action;
  if (action?.kind !== 'call' || action.output === undefined || intent.effect !== 'read') return undefined;
  const list = listPickedFrom(action.output);
  if (list === undefined || !Array.isArray(membersOf(page)[list])) return undefined;
  const lane = laneAt(state, intent);
  const item = itemIn(workIn(lane, intent.step)?.items, intent.item);
  if (lane === undefined || item === undefined) return undefined;
  const kept = evaluateText(action.output, answerScope(state, lane, item.value, page), 'strict');
  return Array.isArray(kept) ? kept : undefined;
}
