import type {Json} from '../../data/json.ts';
import {ExpressionError} from '../../runbook/expression/parse.ts';
import {evaluateMessage} from '../../runbook/expression/template.ts';
import type {Step} from '../../runbook/language/step.ts';
import {answerScope} from './expression-scope.ts';
import type {Lane, RunState} from '../model/state.ts';

/** The step's summary; a summary that cannot be worked out decides nothing, so it is left out. */
export function summaryOf(state: RunState, lane: Lane, step: Step, output: Json): string | undefined {
  if (step.summary === undefined) return undefined;
  try {
    return evaluateMessage(step.summary, answerScope(state, lane, null, output));
  } catch (error) {
    if (error instanceof ExpressionError) return undefined;
    throw error;
  }
}
