import type {Json} from '../../data/json.ts';
import {describe, isList} from './data.ts';
import {ExpressionError} from './parse.ts';

/** Returns a number that is what it was written as. Whole numbers above 2^53 - 1 lose digits, silently. */
export function exact(value: number): number {
  if (Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value))) return value;
  throw new ExpressionError(
    `${value} is too large to be exact: numbers are exact up to ${Number.MAX_SAFE_INTEGER}`,
  );
}

/** Arithmetic on two numbers. Throws {@link ExpressionError}. */
export function arithmetic(operator: string, left: Json, right: Json): number {
  if (typeof left !== 'number' || typeof right !== 'number') {
    throw new ExpressionError(`arithmetic needs numbers, not ${describe(left)} and ${describe(right)}`);
  }
  return exact(calculated(operator, exact(left), exact(right)));
}

function calculated(operator: string, left: number, right: number): number {
  if (operator === 'Plus') return left + right;
  if (operator === 'Minus') return left - right;
  if (operator === 'Multiply' || operator === 'Star') return left * right;
  if (right === 0) throw new ExpressionError('division by zero');
  if (operator === 'Modulo') return left % right;
  return operator === 'Div' ? Math.floor(left / right) : left / right;
}

/** Changes the sign of a number, or keeps it. Throws {@link ExpressionError}. */
export function signed(operator: string, operand: Json): number {
  if (typeof operand !== 'number')
    throw new ExpressionError(`a sign needs a number, not ${describe(operand)}`);
  return operator === 'Minus' ? -operand : operand;
}

/** Whether two numbers, or two texts, stand in an order. Throws {@link ExpressionError}. */
export function ordered(operator: string, left: Json, right: Json): boolean {
  const alike = typeof left === typeof right && (typeof left === 'number' || typeof left === 'string');
  if (!alike) {
    throw new ExpressionError(
      `two numbers, texts or times can be ordered, not ${describe(left)} and ${describe(right)}`,
    );
  }
  if (typeof left === 'number') exact(left);
  if (typeof right === 'number') exact(right);
  const by = order(left, right);
  if (operator === 'LT') return by < 0;
  if (operator === 'LTE') return by <= 0;
  return operator === 'GT' ? by > 0 : by >= 0;
}

/** Compares for a sort: numbers by size, texts by their code points. */
export function order(left: Json, right: Json): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  return byCodePoints(String(left), String(right));
}

function byCodePoints(left: string, right: string): number {
  const shorter = Math.min(left.length, right.length);
  let at = 0;
  while (at < shorter && left.charCodeAt(at) === right.charCodeAt(at)) at += 1;
  if (at === shorter) return left.length - right.length;
  return rank(left.charCodeAt(at)) - rank(right.charCodeAt(at));
}

/** Half of a pair stands for a code point beyond all that need one unit. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}

/** The part of a list or a text that a slice asks for. Texts are counted in code points. */
export function sliced(
  value: readonly Json[] | string,
  {start, stop, step}: {start: number | null; stop: number | null; step: number | null},
): Json {
  const by = step ?? 1;
  if (by === 0) throw new ExpressionError('the step of a slice cannot be 0');
  const whole: readonly Json[] = isList(value) ? value : [...value];
  const {length} = whole;
  const bound = (given: number, least: number, most: number): number =>
    Math.min(most, Math.max(least, given < 0 ? given + length : given));
  const forward = by > 0;
  const from =
    start === null
      ? forward
        ? 0
        : length - 1
      : bound(start, forward ? 0 : -1, forward ? length : length - 1);
  const to =
    stop === null ? (forward ? length : -1) : bound(stop, forward ? 0 : -1, forward ? length : length - 1);
  const kept: Json[] = [];
  for (let at = from; forward ? at < to : at > to; at += by) kept.push(whole[at] ?? null);
  return typeof value === 'string' ? kept.join('') : kept;
}
