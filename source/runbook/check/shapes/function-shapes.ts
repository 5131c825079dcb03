import {
  TreeInterpreter,
  TYPE_ANY,
  TYPE_ARRAY,
  TYPE_ARRAY_ARRAY,
  TYPE_ARRAY_NUMBER,
  TYPE_ARRAY_OBJECT,
  TYPE_ARRAY_STRING,
  TYPE_BOOLEAN,
  TYPE_NUMBER,
  TYPE_OBJECT,
  TYPE_STRING,
} from '@jmespath-community/jmespath';
import type {Shape} from '../../operation.ts';
import {anything, boolean, isText, listOf, number, shapeInWords, text} from './shapes.ts';

/** Functions whose result has a fixed shape for any arguments. */
const fixed: Readonly<Record<string, Shape>> = {
  ...named(number, 'abs', 'avg', 'ceil', 'floor', 'length', 'sum', 'find_first', 'find_last', 'to_number'),
  ...named(boolean, 'contains', 'ends_with', 'starts_with'),
  ...named(
    text,
    'join',
    'lower',
    'upper',
    'pad_left',
    'pad_right',
    'replace',
    'to_string',
    'type',
    'from_url',
    'trim',
    'trim_left',
    'trim_right',
  ),
  ...named(listOf(text), 'keys', 'split', 'differences'),
  ...named(listOf(listOf(anything)), 'items', 'zip'),
};

function named(shape: Shape, ...names: string[]): Record<string, Shape> {
  return Object.fromEntries(names.map((name) => [name, shape]));
}

/** Returns the shape of a function's result. */
export function functionShape(name: string, shapes: readonly Shape[]): Shape {
  const [first = anything] = shapes;
  if (name === 'optional' || name === 'unique' || name === 'reverse' || name === 'sort') return first;
  if (name === 'not_null') return shapes.every(({kind}) => kind === first.kind) ? first : anything;
  if (name === 'to_array') return first.kind === 'list' ? first : listOf(first);
  if (name === 'max' || name === 'min') return first.item() ?? anything;
  return Object.hasOwn(fixed, name) ? (fixed[name] ?? anything) : anything;
}

type Argument = number;

const words = new Map<Argument, string>([
  [TYPE_STRING, 'a text'],
  [TYPE_NUMBER, 'a number'],
  [TYPE_BOOLEAN, 'true or false'],
  [TYPE_OBJECT, 'an object'],
  [TYPE_ARRAY, 'a list'],
  [TYPE_ARRAY_ARRAY, 'a list'],
  [TYPE_ARRAY_NUMBER, 'a list'],
  [TYPE_ARRAY_OBJECT, 'a list'],
  [TYPE_ARRAY_STRING, 'a list'],
]);

/** Says which argument a function cannot take, if any. */
export function wrongArgument(name: string, shapes: readonly Shape[]): string | undefined {
  const table = TreeInterpreter.runtime._functionTable;
  const signature = Object.hasOwn(table, name) ? table[name]?._signature : ownSignatures[name];
  for (const [index, shape] of shapes.entries()) {
    const wanted = (signature?.[index] ?? signature?.at(-1))?.types;
    if (wanted === undefined || shape.kind === 'document' || wanted.includes(TYPE_ANY)) continue;
    if (wanted.some((type) => fits(type, shape))) continue;
    const allowed = [...new Set(wanted.map((type) => words.get(type) ?? 'something else'))];
    return `${name}() takes ${allowed.join(' or ')}, not ${shapeInWords(shape)}`;
  }
  return undefined;
}

const ownSignatures: Readonly<Record<string, {readonly types: readonly Argument[]}[]>> = {
  from_url: [{types: [TYPE_STRING]}],
  parse_json: [{types: [TYPE_STRING]}],
  unique: [{types: [TYPE_ARRAY]}],
  differences: [{types: [TYPE_OBJECT]}],
};

function fits(type: Argument, shape: Shape): boolean {
  if (type === TYPE_STRING) return isText(shape);
  if (type === TYPE_NUMBER) return shape.kind === 'number';
  if (type === TYPE_BOOLEAN) return shape.kind === 'boolean';
  if (type === TYPE_OBJECT) return shape.kind === 'structure' || shape.kind === 'map';
  return shape.kind === 'list';
}
