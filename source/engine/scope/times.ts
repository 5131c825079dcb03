import type {Json} from '../../data/json.ts';
import {describe} from '../../runbook/expression/data.ts';
import {durationExamples, durationOf, noDuration} from '../../runbook/expression/durations.ts';
import type {Scope} from '../../runbook/expression/evaluate.ts';
import {ExpressionError} from '../../runbook/expression/parse.ts';
import {evaluateText} from '../../runbook/expression/template.ts';
import {noTime, timeOf} from '../../runbook/expression/times.ts';

/** The ms of a duration, given as such or by an expression. Throws ExpressionError. */
export function durationIn(text: string, scope: Scope): number {
  const given = textIn(text, scope, `a duration such as ${durationExamples}`);
  const ms = durationOf(given);
  if (ms === undefined) throw new ExpressionError(noDuration(given));
  return ms;
}

/** A time, given as such or by an expression (ms since the epoch). Throws ExpressionError. */
export function timeIn(text: string, scope: Scope): number {
  const given = textIn(text, scope, 'a time such as 2026-12-01T09:00:00Z');
  const at = timeOf(given);
  if (at === undefined) throw new ExpressionError(noTime(given));
  return at;
}

function textIn(text: string, scope: Scope, wanted: string): string {
  const value: Json = evaluateText(text, scope, 'strict');
  if (typeof value === 'string') return value;
  throw new ExpressionError(`${wanted} is needed here, and this is ${describe(value)}`);
}
