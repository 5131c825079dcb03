import {defined} from '../../data/defined.ts';
import type {Json} from '../../data/json.ts';
import {ExpressionError} from '../../runbook/expression/parse.ts';
import {evaluateText} from '../../runbook/expression/template.ts';
import type {Step} from '../../runbook/language/step.ts';
import type {Lane, RunState} from '../model/state.ts';
import {answerScope} from '../scope/expression-scope.ts';

/** What a step's output says about use. */
export interface Findings {
  /** Number of findings, where they can be counted. */
  readonly number?: number;
  /** The entries of the output that count, where not all of them do. */
  readonly found?: readonly Json[];
}

/**
 * The findings of a step's output: what its `inUse` lists, the entries of its list, or of its items' lists together.
 * Throws ExpressionError.
 */
export function findingsOf(
  state: RunState,
  lane: Lane,
  step: Step,
  changes: boolean,
  output: Json,
): Findings {
  if (step.inUse === undefined) return defined({number: foundBy(step, changes, output)});
  const found = inUseOf(state, lane, step.inUse, output);
  const all = changes || (Array.isArray(output) && output.length === found.length);
  return {number: found.length, ...(all ? {} : {found})};
}

/** The part of a look's output that its step says is in use. Throws ExpressionError. */
function inUseOf(state: RunState, lane: Lane, expression: string, output: Json): readonly Json[] {
  const found = evaluateText(expression, answerScope(state, lane, null, output), 'strict');
  if (!Array.isArray(found)) throw new ExpressionError('`inUse` must give a list');
  return found;
}

function foundBy(step: Step, changes: boolean, output: Json): number | undefined {
  if (!Array.isArray(output)) return undefined;
  if (step.forEach === undefined) return output.length;
  return !changes && output.every((one: Json) => Array.isArray(one)) ? output.flat().length : undefined;
}
