import type {Json} from '../../data/json.ts';
import {evaluate, type Scope, type Strictness} from './evaluate.ts';
import {ExpressionError} from './parse.ts';

/** A text of a runbook, cut into plain text and `${{ }}` expressions. */
export type Part =
  | {readonly text: string}
  | {readonly expression: string; /** Offset of its start in the text. */ readonly offset: number};

const known = new Map<string, readonly Part[]>();

/** Cuts a text at its `${{ }}`. Throws {@link ExpressionError} when one is not closed. */
export function partsOf(text: string): readonly Part[] {
  const parts = known.get(text) ?? cut(text);
  known.set(text, parts);
  return parts;
}

function cut(text: string): readonly Part[] {
  const parts: Part[] = [];
  let position = 0;
  for (;;) {
    const open = text.indexOf('${{', position);
    if (open < 0) break;
    const end = closeOf(text, open + 3);
    if (end === undefined) throw new ExpressionError('${{ is not closed by }}', open);
    if (open > position) parts.push({text: text.slice(position, open)});
    const inside = text.slice(open + 3, end);
    const blank = inside.length - inside.trimStart().length;
    parts.push({expression: inside.trim(), offset: open + 3 + blank});
    position = end + 2;
  }
  if (position < text.length) parts.push({text: text.slice(position)});
  return parts;
}

/** Finds the `}}` that ends an expression. Nested and quoted braces do not end it. */
function closeOf(text: string, from: number): number | undefined {
  const telling = /['"`{}]/g;
  let depth = 0;
  telling.lastIndex = from;
  for (let found = telling.exec(text); found !== null; found = telling.exec(text)) {
    const [character] = found;
    if (character === '{') {
      depth += 1;
    } else if (character === '}') {
      if (depth === 0) return text[found.index + 1] === '}' ? found.index : undefined;
      depth -= 1;
    } else {
      telling.lastIndex = endOfQuoted(text, found.index) + 1;
    }
  }
  return undefined;
}

function endOfQuoted(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== text[start]) at += text[at] === '\\' ? 2 : 1;
  return at;
}

/** The value of a text: an expression alone keeps its type, anything else becomes text. */
export function evaluateText(text: string, scope: Scope, strictness: Strictness): Json {
  const parts = partsOf(text);
  const only = parts.length === 1 ? parts[0] : undefined;
  if (only !== undefined && 'expression' in only) return evaluate(only.expression, scope, strictness);
  return parts
    .map((part) => ('text' in part ? part.text : asText(evaluate(part.expression, scope, strictness))))
    .join('');
}

function asText(value: Json): string {
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
export function evaluateValue(value: Json, scope: Scope): Json {
  if (typeof value === 'string') return evaluateText(value, scope, 'lenient');
  if (Array.isArray(value)) return value.map((item: Json) => evaluateValue(item, scope));
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([name, member]): [string, Json] => [
    name,
    evaluateValue(member, scope),
  ]);
  return Object.fromEntries(members.filter(([, member]) => member !== null));
}
