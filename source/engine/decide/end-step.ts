import type {Json} from '../../data/json.ts';
import {ExpressionError} from '../../runbook/expression/parse.ts';
import {evaluateText} from '../../runbook/expression/template.ts';
import type {Step} from '../../runbook/language/step.ts';
import type {Happening} from '../model/events.ts';
import {placeOf} from '../model/place.ts';
import {changeOf} from '../model/program.ts';
import type {ItemProgress, Lane, RunState, StepProgress} from '../model/state.ts';
import {failStep} from '../outcome/on-failure.ts';
import {answerScope} from '../scope/expression-scope.ts';
import {summaryOf} from '../scope/step-summary.ts';
import type {Turn} from './turn.ts';

/** The end of a step whose items are all done. Throws ExpressionError. */
export function succeed(
  {program, state, lane}: Turn,
  step: Step,
  progress: StepProgress,
): readonly Happening[] {
  const outputs = [...progress.items].map(({output}) => output ?? null);
  const output: Json = step.forEach === undefined ? (outputs[0] ?? null) : outputs;
  const place = placeOf(lane, step.id);
  const found = step.inUse === undefined ? undefined : inUseOf(state, lane, step.inUse, output);
  const changes = changeOf(program, step) !== undefined;
  const number = found?.length ?? foundBy(step, changes, output);
  const inUse = step.column === undefined ? undefined : number;
  const count = changes ? madeBy(progress) : number;
  const summary = summaryOf(state, lane, step, output);
  return [
    {
      type: 'step-succeeded',
      output,
      ...(summary === undefined ? {} : {summary}),
      ...(count === undefined ? {} : {count}),
      ...(inUse === undefined ? {} : {inUse}),
      ...(found === undefined || changes || found.length === (output as readonly Json[]).length
        ? {}
        : {found}),
      ...place,
    },
  ];
}

/** The part of a look's output that its step says is in use. Throws ExpressionError. */
function inUseOf(state: RunState, lane: Lane, expression: string, output: Json): readonly Json[] {
  const found = evaluateText(expression, answerScope(state, lane, null, output), 'strict');
  if (!Array.isArray(found)) throw new ExpressionError('`inUse` must give a list');
  return found;
}

/** Counts the findings of a check: the entries of its list, or of its items' lists together. */
function foundBy(step: Step, changes: boolean, output: Json): number | undefined {
  if (!Array.isArray(output)) return undefined;
  if (step.forEach === undefined) return output.length;
  return !changes && output.every((one: Json) => Array.isArray(one)) ? output.flat().length : undefined;
}

/** Counts the items that a change was made for, or that already are as it wants them. */
function madeBy({items}: StepProgress): number {
  return [...items].filter(({status, notMade}) => status === 'done' && notMade !== true).length;
}

/** Decides the fate of a step whose item failed. Throws ExpressionError. */
export function fail({state, lane, now}: Turn, step: Step, item: ItemProgress): readonly Happening[] {
  const fault = item.fault ?? {kind: 'transient', name: 'Unknown', message: 'no reason is known'};
  return failStep(state, lane, step, {fault, usage: item.usage ?? []}, now);
}
