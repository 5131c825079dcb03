import {isObject, type Json, type JsonObject} from '../../data/json.ts';
import {saysAbsence} from './absence.ts';
import {describe, isList} from './data.ts';
import {evaluate, type Scope, type Strictness} from './evaluate.ts';
import {exact} from './numbers.ts';
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

/** The expression that a text consists of, if it is one alone: it keeps its type. */
export function expressionIn(text: string): string | undefined {
  const parts = partsOf(text);
  const only = parts.length === 1 ? parts[0] : undefined;
  return only !== undefined && 'expression' in only ? only.expression : undefined;
}

/** The value of a text: an expression alone keeps its type, anything else becomes text. */
export function evaluateText(text: string, scope: Scope, strictness: Strictness): Json {
  const only = expressionIn(text);
  return only === undefined ? inWords(text, scope, strictness) : evaluate(only, scope, strictness);
}

/** A text for people, in which a path that reaches nothing leaves nothing. Throws {@link ExpressionError}. */
export function evaluateMessage(text: string, scope: Scope): string {
  return inWords(text, scope, 'lenient');
}

function inWords(text: string, scope: Scope, strictness: Strictness): string {
  return partsOf(text)
    .map((part) => ('text' in part ? part.text : asText(evaluate(part.expression, scope, strictness))))
    .join('');
}

function asText(value: Json): string {
  if (typeof value === 'string') return value;
  if (value === null) return '';
  if (typeof value === 'number') return String(exact(value));
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
    ? value.join(', ')
    : JSON.stringify(value);
}

/**
 * The members of a request, in which `${{ }}` may stand anywhere. A member stays absent only where its expression says
 * so, with `optional()`. A hole in a text or in a list would make another request of it. Throws
 * {@link ExpressionError}.
 */
export function evaluateMembers(members: JsonObject, scope: Scope): JsonObject {
  return membersIn(members, scope, []);
}

type Trail = readonly string[];

function membersIn(members: JsonObject, scope: Scope, trail: Trail): JsonObject {
  const found = Object.entries(members).map(([name, value]): [string, Json] => [
    name,
    valueIn(value, scope, [...trail, name]),
  ]);
  return Object.fromEntries(found.filter(([, value]) => value !== null));
}

function valueIn(value: Json, scope: Scope, trail: Trail): Json {
  if (typeof value === 'string') return textIn(value, scope, trail);
  if (isList(value)) return value.map((item) => itemIn(valueIn(item, scope, trail), trail));
  return isObject(value) ? membersIn(value, scope, trail) : value;
}

function itemIn(item: Json, trail: Trail): Json {
  if (item !== null) return item;
  throw new ExpressionError(`${trail.join('.')}: an item of this list is nothing`);
}

function textIn(text: string, scope: Scope, trail: Trail): Json {
  const only = expressionIn(text);
  if (only === undefined) return wholeText(text, scope, trail);
  const value = evaluateMember(only, scope, trail);
  if (value !== null || saysAbsence(only)) return value;
  throw new ExpressionError(
    `${trail.join('.')}: its expression gives nothing; optional(…) says that a member may be left out`,
  );
}

function wholeText(text: string, scope: Scope, trail: Trail): string {
  return partsOf(text)
    .map((part) => {
      if ('text' in part) return part.text;
      const value = evaluateMember(part.expression, scope, trail);
      if (typeof value === 'string') return value;
      if (typeof value === 'boolean') return String(value);
      if (typeof value === 'number') return String(exact(value));
      throw new ExpressionError(`${trail.join('.')}: ${describe(value)} cannot stand within a text`);
    })
    .join('');
}

function evaluateMember(expression: string, scope: Scope, trail: Trail): Json {
  try {
    return evaluate(expression, scope, 'strict');
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    throw new ExpressionError(`${trail.join('.')}: ${error.message}`);
  }
}
