import {evaluate, type Data, type Scope, type Strictness} from './evaluate.ts';
import {ExpressionError} from './parse.ts';

/** A text of a runbook, cut into plain text and `${{ }}` expressions. */
export type Part = {readonly text: string} | {readonly expression: string; readonly offset: number};

/** Cuts a text at its `${{ }}`. Throws {@link ExpressionError} when one is not closed. */
export function partsOf(text: string): readonly Part[] {
  const parts: Part[] = [];
  let position = 0;
  for (;;) {
    const open = text.indexOf('${{', position);
    if (open < 0) break;
    const close = text.indexOf('}}', open);
    if (close < 0) throw new ExpressionError('${{ is not closed by }}');
    // A multi-select hash ends in }, so the closing braces are the last two of a run.
    let end = close;
    while (text[end + 2] === '}') end += 1;
    if (open > position) parts.push({text: text.slice(position, open)});
    parts.push({expression: text.slice(open + 3, end).trim(), offset: open + 3});
    position = end + 2;
  }
  if (position < text.length) parts.push({text: text.slice(position)});
  return parts;
}

/** The value of a text: an expression alone keeps its type, anything else becomes text. */
export function evaluateText(text: string, scope: Scope, strictness: Strictness): Data {
  const parts = partsOf(text);
  const only = parts.length === 1 ? parts[0] : undefined;
  if (only !== undefined && 'expression' in only) return evaluate(only.expression, scope, strictness);
  return parts
    .map((part) => ('text' in part ? part.text : asText(evaluate(part.expression, scope, strictness))))
    .join('');
}

function asText(value: Data): string {
  if (typeof value === 'string') return value;
  if (value === null) return '';
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
    ? value.join(', ')
    : JSON.stringify(value);
}

/**
 * The value of anything that may hold `${{ }}` somewhere inside. A member whose expression reaches nothing stays
 * absent: it never becomes null.
 */
export function evaluateValue(value: Data, scope: Scope): Data {
  if (typeof value === 'string') return evaluateText(value, scope, 'lenient');
  if (Array.isArray(value)) return value.map((item: Data) => evaluateValue(item, scope));
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([name, member]): [string, Data] => [
    name,
    evaluateValue(member, scope),
  ]);
  return Object.fromEntries(members.filter(([, member]) => member !== null));
}
