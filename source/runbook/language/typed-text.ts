import type {Scope} from '../expression/evaluate.ts';
import {ExpressionError} from '../expression/parse.ts';
import {evaluateText} from '../expression/template.ts';

/** A text to type that is empty: Enter alone would agree. */
export class NothingToType extends ExpressionError {}

/** The text that a confirmation wants to be typed. Throws {@link ExpressionError}, also where nothing is left to type. */
export function textToType(typeToConfirm: string, scope: Scope): string {
  const value = evaluateText(typeToConfirm, scope, 'strict');
  if (typeof value !== 'string' && typeof value !== 'number') {
    throw new ExpressionError('`typeToConfirm` must give a text');
  }
  const text = String(value);
  if (text.trim() === '')
    throw new NothingToType('`typeToConfirm` gives an empty text: there is nothing to type');
  return text;
}
