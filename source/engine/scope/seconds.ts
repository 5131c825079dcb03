import type {Scope} from '../../runbook/expression/evaluate.ts';
import {ExpressionError} from '../../runbook/expression/parse.ts';
import {evaluateText} from '../../runbook/expression/template.ts';

/** A number of seconds, given as such or by an expression. Throws ExpressionError. */
export function secondsOf(value: number | string, scope: Scope): number {
  const seconds = typeof value === 'number' ? value : evaluateText(value, scope, 'strict');
  if (typeof seconds === 'number' && seconds >= 0 && Number.isFinite(seconds)) return seconds;
  throw new ExpressionError('a number of seconds, 0 or more, was expected');
}
