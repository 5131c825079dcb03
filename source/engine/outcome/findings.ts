import type {Json} from '../../data/json.ts';
import {ExpressionError} from '../../runbook/expression/parse.ts';
import {evaluateText} from '../../runbook/expression/template.ts';
import type {Step} from '../../runbook/language/step.ts';
import type {Lane, RunState} from '../model/state.ts';
import {answerScope} from '../scope/expression-scope.ts';

/** Returns the number of resources in use by a step's output, for its column. Throws ExpressionError. */
export function inUseIn(
  state: RunState,
  lane: Lane,
  step: Step,
  changes: boolean,
  output: Json,
): number | undefined {
  if (step.column === undefined) return undefined;
  const counted = step.inUse === undefined ? output : inUseOf(state, lane, step.inUse, output);
  return foundBy(step, changes, counted);
}

/** The part of a look's output that its step says is in use. Throws ExpressionError. */
function inUseOf(state: RunState, lane: Lane, expression: string, output: Json): Json {
  const found = evaluateText(expression, answerScope(state, lane, null, output), 'strict');
  if (!Array.isArray(found)) throw new ExpressionError('`inUse` must give a list');
  return found;
}

/** Counts the findings of a check: the entries of its list, or of its items' lists together. */
export function foundBy(step: Step, changes: boolean, output: Json): number | undefined {
  if (!Array.isArray(output)) return undefined;
  if (step.forEach === undefined) return output.length;
  return !changes && output.every((one: Json) => Array.isArray(one)) ? output.flat().length : undefined;
}
