import {isObject} from '../../data/json.ts';
import type {Json} from '../../data/json.ts';
import {TreeInterpreter} from '@jmespath-community/jmespath';
import {countDown, describe, isList, same, withoutEmpty} from './data.ts';
import {ExpressionError} from './parse.ts';

/** Longest text that a function may make, in characters. */
const maxTextLength = 1_000_000;
/** Largest number of values that `parse_json` reads. */
const maxParsedValues = 100_000;

/** Functions that look at their argument's path rather than at its value; the evaluator does them itself. */
const pathFunctions = ['optional', 'not_null'];
/** Functions that take `&expression`, the key that decides; the evaluator does them itself. */
export const keyFunctions = ['sort_by', 'max_by', 'min_by', 'group_by'];

type Own = (args: readonly Json[]) => Json;

/**
 * Handrail's additional functions, and safe versions of standard ones. The originals can be misled by names such as
 * `__proto__`, or run for minutes on a long text.
 */
const own: Readonly<Record<string, {readonly arity: readonly [number, number]; readonly run: Own}>> = {
  from_url: {arity: [1, 1], run: ([text = null]) => fromUrl(text)},
  parse_json: {arity: [1, 1], run: ([text = null]) => parseJson(text)},
  unique: {arity: [1, 1], run: ([list = null]) => unique(list)},
  differences: {arity: [2, 2], run: ([left = null, right = null]) => differences(left, right)},
  merge: {arity: [1, Infinity], run: (args) => Object.fromEntries(args.flatMap((one) => entriesOf(one)))},
  trim: {arity: [1, 2], run: ([text = null, ...rest]) => trimmed(text, rest[0], true, true)},
  trim_left: {arity: [1, 2], run: ([text = null, ...rest]) => trimmed(text, rest[0], true, false)},
  trim_right: {arity: [1, 2], run: ([text = null, ...rest]) => trimmed(text, rest[0], false, true)},
  replace: {arity: [3, 3], run: ([text = null, from = null, to = null]) => replaced(text, from, to)},
};

/** `map(&expression, list)` is left out: a projection says the same and stays strict. */
const leftOut = new Set(['map']);

/** Names of all functions that an expression may call. */
export function functionNames(): readonly string[] {
  const names = [...Object.keys(own), ...pathFunctions, ...TreeInterpreter.runtime.getRegistered()];
  return [...new Set(names)].filter((name) => !leftOut.has(name)).sort();
}

/** The least and the most arguments that a function takes; undefined when there is no such function. */
export function arityOf(name: string): readonly [least: number, most: number] | undefined {
  if (name === 'optional') return [1, 1];
  if (Object.hasOwn(own, name)) return own[name]?.arity;
  const table = TreeInterpreter.runtime._functionTable;
  if (leftOut.has(name) || !Object.hasOwn(table, name)) return undefined;
  const signature = table[name]?._signature ?? [];
  const most = signature.some(({variadic}) => variadic === true) ? Infinity : signature.length;
  return [signature.filter(({optional}) => optional !== true).length, most];
}

/** Calls a function that works on values alone. Throws {@link ExpressionError}. */
export function callValueFunction(name: string, args: readonly Json[]): Json {
  const arity = arityOf(name);
  if (arity === undefined) throw new ExpressionError(`there is no function ${name}()`);
  if (args.length < arity[0] || args.length > arity[1]) {
    throw new ExpressionError(`${name}() takes ${argumentsWanted(arity)}, not ${args.length}`);
  }
  if (name.startsWith('pad_') && typeof args[1] === 'number' && args[1] > maxTextLength) throw tooLong(name);
  if (name === 'join') limitJoin(args);
  const result = Object.hasOwn(own, name) ? (own[name]?.run(args) ?? null) : fromRuntime(name, args);
  if (typeof result === 'string' && result.length > maxTextLength) throw tooLong(name);
  return result;
}

function plural(count: number): string {
  return count === 1 ? '1 argument' : `${count} arguments`;
}

/** Formats a number of arguments. */
export function argumentsWanted([least, most]: readonly [number, number]): string {
  if (most === Infinity) return `${plural(least)} or more`;
  return least === most ? plural(least) : `${least} to ${plural(most)}`;
}

function fromRuntime(name: string, args: readonly Json[]): Json {
  try {
    return TreeInterpreter.runtime.callFunction(name, args as never) as Json;
  } catch (error) {
    throw new ExpressionError(error instanceof Error ? error.message.split('\n')[0] : String(error));
  }
}

function tooLong(name: string): ExpressionError {
  return new ExpressionError(`${name}() may not make a text of more than ${maxTextLength} characters`);
}

function textOf(name: string, value: Json): string {
  if (typeof value === 'string') return value;
  throw new ExpressionError(`${name}() takes a text, not ${describe(value)}`);
}

/** IAM's policy documents come URL-encoded. */
function fromUrl(value: Json): Json {
  try {
    return decodeURIComponent(textOf('from_url', value));
  } catch (error) {
    if (error instanceof ExpressionError) throw error;
    throw new ExpressionError('from_url() was given a text that is not URL-encoded');
  }
}

function parseJson(value: Json): Json {
  const text = textOf('parse_json', value);
  if (text.length > maxTextLength) throw new ExpressionError('parse_json() was given too long a text');
  let parsed: Json;
  try {
    parsed = JSON.parse(text) as Json;
  } catch {
    throw new ExpressionError('parse_json() was given a text that is not JSON');
  }
  countDown(parsed, {values: maxParsedValues}, `parse_json() reads at most ${maxParsedValues} values`);
  return parsed;
}

function unique(value: Json): Json {
  if (!isList(value)) throw new ExpressionError(`unique() takes a list, not ${describe(value)}`);
  const seen = new Map(value.map((item) => [JSON.stringify(item), item]));
  return [...seen.values()];
}

function memberOf(record: {readonly [key: string]: Json}, name: string): Json {
  return Object.hasOwn(record, name) ? (record[name] ?? null) : null;
}

/** The names of the members that two objects do not have alike, in order of their names. */
/** Returns a member's value. An empty value counts as absent: a write drops it, and a read may answer with it. */
function valueIn(record: {readonly [key: string]: Json}, name: string): Json {
  return withoutEmpty(memberOf(record, name)) ?? null;
}

function differences(left: Json, right: Json): Json {
  if (!isObject(left) || !isObject(right)) {
    throw new ExpressionError(
      `differences() takes two objects, not ${describe(left)} and ${describe(right)}`,
    );
  }
  const names = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...names].filter((name) => !same(valueIn(left, name), valueIn(right, name))).sort();
}

function entriesOf(value: Json): [string, Json][] {
  if (isObject(value)) return Object.entries(value);
  throw new ExpressionError(`merge() takes objects, not ${describe(value)}`);
}

function trimmed(value: Json, characters: Json | undefined, left: boolean, right: boolean): Json {
  const text = textOf('trim', value);
  const chosen = characters === undefined ? undefined : new Set(textOf('trim', characters));
  const dropped = (character: string): boolean =>
    chosen === undefined ? /\s/.test(character) : chosen.has(character);
  let start = 0;
  let end = text.length;
  if (left) while (start < end && dropped(text[start] ?? '')) start += 1;
  if (right) while (end > start && dropped(text[end - 1] ?? '')) end -= 1;
  return text.slice(start, end);
}

function replaced(value: Json, from: Json, to: Json): Json {
  const parts = textOf('replace', value).split(textOf('replace', from));
  const by = textOf('replace', to);
  if (parts.length * by.length > maxTextLength) throw tooLong('replace');
  return parts.join(by);
}

function limitJoin([glue = null, list = null]: readonly Json[]): void {
  if (typeof glue !== 'string' || !isList(list)) return;
  const lengths = list.map((item) => (typeof item === 'string' ? item.length : 0) + glue.length);
  if (lengths.reduce((sum, length) => sum + length, 0) > maxTextLength) throw tooLong('join');
}
