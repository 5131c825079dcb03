import type {Json} from '../../data/json.ts';
import {describe} from '../../runbook/expression/data.ts';
import {durationExamples, durationOf, noDuration} from '../../runbook/expression/durations.ts';
import type {Scope} from '../../runbook/expression/evaluate.ts';
import {ExpressionError} from '../../runbook/expression/parse.ts';
import {evaluateText} from '../../runbook/expression/template.ts';
import {noTime, timeOf} from '../../runbook/expression/times.ts';

/** The ms of a duration: seconds, or a text such as `10m`, given as such or by an expression. Throws ExpressionError. */
export function durationIn(given: number | string, scope: Scope): number {
  const value: Json = typeof given === 'number' ? given : evaluateText(given, scope, 'strict');
  const ms = typeof value === 'number' ? value * 1000 : durationOf(textOf(value, wantedDuration));
  if (ms !== undefined && ms >= 0 && Number.isFinite(ms)) return Math.round(ms);
  throw new ExpressionError(
    typeof value === 'string' ? noDuration(value) : `${wantedDuration} is needed here`,
  );
}

/** A time, given as such or by an expression (ms since the epoch). Throws ExpressionError. */
export function timeIn(text: string, scope: Scope): number {
  const given = textOf(evaluateText(text, scope, 'strict'), 'a time such as 2026-12-01T09:00:00Z');
  const at = timeOf(given);
  if (at === undefined) throw new ExpressionError(noTime(given));
  return at;
}

const wantedDuration = `a number of seconds, or a duration such as ${durationExamples},`;

function textOf(value: Json, wanted: string): string {
  if (typeof value === 'string') return value;
  throw new ExpressionError(`${wanted} is needed here, and this is ${describe(value)}`);
}
