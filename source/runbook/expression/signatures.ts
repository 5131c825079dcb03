import {isObject, type Json} from '../../data/json.ts';
import {describe, isList} from './data.ts';

/** What a function takes as an argument. */
export type Want =
  | 'text'
  | 'number'
  | 'list'
  | 'object'
  | 'texts'
  | 'numbers'
  | 'sortable'
  | 'sequence'
  | 'countable'
  | 'lists'
  | 'time'
  | 'duration'
  | 'anything';

interface Signature {
  readonly args: readonly Want[];
  /** How many of them have to be given; all when left out. */
  readonly least?: number;
  /** The last may be given again and again. */
  readonly variadic?: true;
}

const text: Signature = {args: ['text']};
const number: Signature = {args: ['number']};
const object: Signature = {args: ['object']};
const anything: Signature = {args: ['anything']};
const twoTexts: Signature = {args: ['text', 'text']};
const finds: Signature = {args: ['text', 'text', 'number', 'number'], least: 2};
const pads: Signature = {args: ['text', 'number', 'text'], least: 2};
const shifts: Signature = {args: ['time', 'duration']};
const trims: Signature = {args: ['text', 'text'], least: 1};

/** The functions that an expression may call on values, and what each takes. */
const signatures: Readonly<Record<string, Signature>> = {
  abs: number,
  avg: {args: ['numbers']},
  ceil: number,
  contains: {args: ['sequence', 'anything']},
  differences: {args: ['object', 'object']},
  earlier: shifts,
  ends_with: twoTexts,
  find_first: finds,
  find_last: finds,
  floor: number,
  from_items: {args: ['lists']},
  from_url: text,
  items: object,
  join: {args: ['text', 'texts']},
  keys: object,
  later: shifts,
  length: {args: ['countable']},
  lower: text,
  max: {args: ['sortable']},
  merge: {args: ['object'], variadic: true},
  min: {args: ['sortable']},
  newer_than: shifts,
  not_null: {args: ['anything'], variadic: true},
  now: {args: []},
  older_than: shifts,
  optional: anything,
  pad_left: pads,
  pad_right: pads,
  parse_json: text,
  replace: {args: ['text', 'text', 'text', 'number'], least: 3},
  reverse: {args: ['sequence']},
  sort: {args: ['sortable']},
  split: {args: ['text', 'text', 'number'], least: 2},
  starts_with: twoTexts,
  sum: {args: ['numbers']},
  time: text,
  to_array: anything,
  to_number: anything,
  to_string: anything,
  trim: trims,
  trim_left: trims,
  trim_right: trims,
  type: anything,
  unique: {args: ['list']},
  upper: text,
  values: object,
  zip: {args: ['list'], variadic: true},
};

/** Functions that take `&expression`, the key that decides; the evaluator does them itself. */
export const keyFunctions = ['sort_by', 'max_by', 'min_by', 'group_by'];

/** Functions that ask whether there is something: a path in their arguments may reach nothing. */
export const askingFunctions: ReadonlySet<string> = new Set(['optional', 'not_null', 'type']);

/** Functions that give nothing for an empty list, which is an error where paths are strict. */
export const chosenFromList: ReadonlySet<string> = new Set(['avg', 'max', 'min', 'max_by', 'min_by']);

/** Names of all functions that an expression may call. */
export function functionNames(): readonly string[] {
  return [...Object.keys(signatures), ...keyFunctions].sort();
}

/** The least and the most arguments that a function takes; undefined when there is no such function. */
export function arityOf(name: string): readonly [least: number, most: number] | undefined {
  if (keyFunctions.includes(name)) return [2, 2];
  const signature = Object.hasOwn(signatures, name) ? signatures[name] : undefined;
  if (signature === undefined) return undefined;
  const {args, least = args.length, variadic} = signature;
  return [least, variadic === true ? Infinity : args.length];
}

/** What a function takes at a place. */
export function wantedAt(name: string, index: number): Want {
  const args = Object.hasOwn(signatures, name) ? (signatures[name]?.args ?? []) : [];
  return args[index] ?? args.at(-1) ?? 'anything';
}

/** Formats a number of arguments. */
export function argumentsWanted([least, most]: readonly [number, number]): string {
  if (most === Infinity) return `${plural(least)} or more`;
  return least === most ? plural(least) : `${least} to ${plural(most)}`;
}

function plural(count: number): string {
  return count === 1 ? '1 argument' : `${count} arguments`;
}

/** What is wanted, in words. */
export const wantInWords: Readonly<Record<Want, string>> = {
  text: 'a text',
  number: 'a number',
  list: 'a list',
  object: 'an object',
  texts: 'a list of texts',
  numbers: 'a list of numbers',
  sortable: 'a list of texts or a list of numbers',
  sequence: 'a text or a list',
  countable: 'a text, a list or an object',
  lists: 'a list of lists',
  time: 'a time',
  duration: 'a duration such as 14d',
  anything: 'a value',
};

/** What is wrong with an argument, if something is: `join() takes a list of texts, not a text`. */
export function wrongArgument(name: string, index: number, value: Json): string | undefined {
  const want = wantedAt(name, index);
  if (meets(want, value)) return undefined;
  const odd = isList(value) && want.endsWith('s') ? value.find((item) => !meetsItem(want, item)) : undefined;
  const given = odd === undefined ? describe(value) : `a list with ${describe(odd)}`;
  return `${name}() takes ${wantInWords[want]}, not ${given}`;
}

function meets(want: Want, value: Json): boolean {
  switch (want) {
    case 'text':
    case 'time':
    case 'duration':
      return typeof value === 'string';
    case 'number':
      return typeof value === 'number';
    case 'object':
      return isObject(value);
    case 'sequence':
      return typeof value === 'string' || isList(value);
    case 'countable':
      return typeof value === 'string' || isList(value) || isObject(value);
    case 'texts':
    case 'numbers':
    case 'lists':
      return isList(value) && value.every((item) => meetsItem(want, item));
    case 'sortable':
      return meets('texts', value) || meets('numbers', value);
    case 'list':
      return isList(value);
    default:
      return true;
  }
}

function meetsItem(want: Want, item: Json): boolean {
  if (want === 'texts') return typeof item === 'string';
  return want === 'numbers' ? typeof item === 'number' : isList(item);
}
