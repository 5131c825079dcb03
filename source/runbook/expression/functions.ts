import {isObject, type Json, type JsonObject} from '../../data/json.ts';
import {TreeInterpreter} from '@jmespath-community/jmespath';
import {countDown, isList, same, withoutEmpty} from './data.ts';
import {exact, order} from './numbers.ts';
import {ExpressionError} from './parse.ts';
import {argumentsWanted, arityOf, wrongArgument} from './signatures.ts';
import {timeFunctions} from './time-functions.ts';
import {replaced, tooLong, trimmed, refuseOddText, maxTextLength} from './texts.ts';

/** Largest number of values that `parse_json` reads. */
export const maxParsedValues = 100_000;

type Own = (args: readonly Json[]) => Json;

/**
 * Handrail's additional functions, and safe versions of standard ones. The originals can be misled by names such as
 * `__proto__`, run for minutes on a long text, or take a text for a number. Arguments are of the right types here.
 */
const own: Readonly<Record<string, Own>> = {
  contains: ([sequence = null, item = null]) => contains(sequence, item),
  from_url: ([text = null]) => fromUrl(text as string),
  optional: ([value = null]) => value,
  parse_json: ([text = null]) => parseJson(text as string),
  to_number: ([value = null]) => toNumber(value),
  to_string: ([value = null]) => (typeof value === 'string' ? value : JSON.stringify(exactIn(value))),
  unique: ([list = null]) => unique(list as readonly Json[]),
  differences: ([left = null, right = null]) => differences(left, right),
  max: ([list = null]) => extreme(list as readonly Json[], 1),
  merge: (args) => Object.fromEntries(args.flatMap((one) => Object.entries(one as JsonObject))),
  min: ([list = null]) => extreme(list as readonly Json[], -1),
  sort: ([list = null]) => (list as readonly Json[]).toSorted(order),
  trim: ([text = null, set]) => trimmed(text as string, set as string | undefined, true, true),
  trim_left: ([text = null, set]) => trimmed(text as string, set as string | undefined, true, false),
  trim_right: ([text = null, set]) => trimmed(text as string, set as string | undefined, false, true),
  replace: ([text, from, to, count]) => replaced(text as string, from as string, to as string, count),
};

/**
 * Calls a function that works on values alone, and perhaps on the time (ms since the epoch). Throws
 * {@link ExpressionError}.
 */
export function callValueFunction(name: string, args: readonly Json[], now?: number): Json {
  const arity = arityOf(name);
  if (arity === undefined) throw new ExpressionError(`there is no function ${name}()`);
  if (args.length < arity[0] || args.length > arity[1]) {
    throw new ExpressionError(`${name}() takes ${argumentsWanted(arity)}, not ${args.length}`);
  }
  for (const [index, arg] of args.entries()) {
    const wrong = wrongArgument(name, index, arg);
    if (wrong !== undefined) throw new ExpressionError(wrong);
  }
  refuseOddText(name, args);
  const result = resultOf(name, args, now);
  if (typeof result === 'number') exact(result);
  if (typeof result === 'string' && result.length > maxTextLength) throw tooLong(name);
  return result;
}

function resultOf(name: string, args: readonly Json[], now: number | undefined): Json {
  if (Object.hasOwn(own, name)) return own[name]?.(args) ?? null;
  if (Object.hasOwn(timeFunctions, name)) return timeFunctions[name]?.(args, now) ?? null;
  return fromRuntime(name, args);
}

function fromRuntime(name: string, args: readonly Json[]): Json {
  try {
    return TreeInterpreter.runtime.callFunction(name, args as never) as Json;
  } catch {
    // Its message would speak of types and positions that are not the runbook's.
    throw new ExpressionError(`${name}() cannot use its arguments`);
  }
}

/** IAM's policy documents come URL-encoded. */
function fromUrl(text: string): Json {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new ExpressionError('from_url() was given a text that is not URL-encoded');
  }
}

function parseJson(text: string): Json {
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

/** A number as JSON writes it: no blanks, no other base, and an empty text is none. */
const written = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

function toNumber(value: Json): Json {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && written.test(value) ? Number(value) : null;
}

/** A value, unless it holds a number that has lost digits. */
function exactIn(value: Json): Json {
  if (typeof value === 'number') exact(value);
  if (isList(value)) for (const item of value) exactIn(item);
  else if (isObject(value)) for (const member of Object.values(value)) exactIn(member);
  return value;
}

function contains(sequence: Json, item: Json): Json {
  if (isList(sequence)) return sequence.some((one) => same(one, item));
  if (typeof sequence === 'string' && typeof item === 'string') return sequence.includes(item);
  throw new ExpressionError('contains() looks for a text in a text, or for a value in a list');
}

function extreme(list: readonly Json[], sign: 1 | -1): Json {
  const [first = null, ...rest] = list;
  return rest.reduce((most, one) => (sign * order(one, most) > 0 ? one : most), first);
}

function unique(list: readonly Json[]): Json {
  const seen = new Map(list.map((item) => [JSON.stringify(item), item]));
  return [...seen.values()];
}

/** Returns a member's value. An empty value counts as absent: a write drops it, and a read may answer with it. */
function valueIn(record: JsonObject, name: string): Json {
  const value = Object.hasOwn(record, name) ? (record[name] ?? null) : null;
  return withoutEmpty(value) ?? null;
}

/** The names of the members that two objects do not have alike, in order of their names. */
function differences(left: Json, right: Json): Json {
  if (!isObject(left) || !isObject(right)) return [];
  const names = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...names].filter((name) => !same(valueIn(left, name), valueIn(right, name))).sort();
}
