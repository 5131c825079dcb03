import {wantedAt, wantInWords, type Want} from '../../expression/signatures.ts';
import type {Shape} from '../../operation.ts';
import {
  anything,
  boolean,
  isObjectShape,
  isText,
  listOf,
  listOfLazy,
  mapOf,
  number,
  objectOf,
  text,
  time,
} from './shapes.ts';
import {itemOf, optionsOf, orNothing, shapeInWords, something, tupleOf, union} from './unions.ts';

const texts = listOf(text);

/** The shapes of the results of functions that give the same for any arguments. */
const fixed = new Map<string, Shape>([
  ...named(number, 'abs', 'ceil', 'floor', 'length', 'sum', 'avg'),
  ...named(boolean, 'contains', 'ends_with', 'starts_with', 'older_than', 'newer_than'),
  ...named(time, 'now', 'time', 'later', 'earlier'),
  ...named(orNothing(number), 'find_first', 'find_last'),
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
  ),
  ...named(text, 'trim', 'trim_left', 'trim_right'),
  ...named(texts, 'keys', 'split', 'differences'),
  ...named(
    mapOf(() => anything),
    'from_items',
  ),
]);

function named(shape: Shape, ...names: readonly string[]): readonly (readonly [string, Shape])[] {
  return names.map((name) => [name, shape]);
}

/** Returns the shape of a function's result. `strict`: where it would give nothing, it is an error instead. */
export function functionShape(name: string, shapes: readonly Shape[], strict: boolean): Shape {
  const [first = anything] = shapes;
  switch (name) {
    case 'optional':
      return orNothing(first);
    case 'not_null': {
      const last = shapes.at(-1) ?? anything;
      return union(...shapes.map(something), strict ? something(last) : last);
    }
    case 'unique':
    case 'reverse':
    case 'sort':
      return first;
    case 'max':
    case 'min':
      return ofList(union(...optionsOf(first).map(itemOf)), strict);
    case 'avg':
      return ofList(number, strict);
    case 'to_number':
      return first.kind === 'number' ? first : orNothing(number);
    case 'to_array':
      return union(...optionsOf(first).map((one) => (one.kind === 'list' ? one : listOf(one))));
    case 'items':
      return listOfLazy(() => tupleOf([text, valuesIn(first)]));
    case 'values':
      return listOfLazy(() => valuesIn(first));
    case 'zip':
      return listOfLazy(() => tupleOf(shapes.map((shape) => union(...optionsOf(shape).map(itemOf)))));
    case 'merge':
      return mergedShape(shapes);
    default:
      return fixed.get(name) ?? anything;
  }
}

/** The shape of something that is chosen from a list, which may be empty. */
export function ofList(shape: Shape, strict: boolean): Shape {
  return strict ? shape : orNothing(shape);
}

/** The shape of an object's values. */
export function valuesIn(shape: Shape): Shape {
  return union(
    ...optionsOf(shape).flatMap((one) =>
      one.kind === 'structure' ? [...one.members().values()].map((member) => member.shape) : [itemOf(one)],
    ),
  );
}

function mergedShape(shapes: readonly Shape[]): Shape {
  if (shapes.every(({kind}) => kind === 'structure')) {
    const members = shapes.flatMap((shape) => [...shape.members()]);
    const all = objectOf(members.map(([name, {shape}]) => [name, shape] as const));
    return {...all, members: () => new Map(members)};
  }
  const options = shapes.flatMap(optionsOf);
  return options.every(isObjectShape) ? mapOf(() => union(...options.map(valuesIn))) : anything;
}

/** Returns true if items can be sorted or grouped by values of a shape: all are texts, or all are numbers. */
export function isKeyShape(key: Shape): boolean {
  return ['text', 'number'].some((want) => optionsOf(key).every((one) => fits(want as Want, one)));
}

/** Says which argument a function cannot take, if any. */
export function wrongArgument(name: string, shapes: readonly Shape[]): string | undefined {
  for (const [index, shape] of shapes.entries()) {
    const want = wantedAt(name, index);
    const odd = optionsOf(shape).find((option) => !fits(want, option));
    if (odd === undefined) continue;
    if (want === 'time' && isText(odd)) {
      return `${name}() takes a time, not ${shapeInWords(odd)}: time(…) makes a time of a text`;
    }
    if (odd.kind !== 'nothing' || optionsOf(shape).length === 1) {
      return `${name}() takes ${wantInWords[want]}, not ${givenInWords(want, odd)}`;
    }
    return `${name}() takes ${wantInWords[want]}, and this may be nothing; not_null(…, …) says what counts then`;
  }
  const [sequence, item] = shapes;
  if (name !== 'contains' || sequence === undefined || item === undefined || !isText(sequence))
    return undefined;
  if (optionsOf(item).every((one) => isText(one) || one.kind === 'document')) return undefined;
  return `contains() looks for a text in a text, not for ${shapeInWords(item)}`;
}

function givenInWords(want: Want, odd: Shape): string {
  return odd.kind === 'list' && want.endsWith('s')
    ? `a list of which one may be ${shapeInWords(itemOf(odd))}`
    : shapeInWords(odd);
}

function fits(want: Want, shape: Shape): boolean {
  if (shape.kind === 'document') return true;
  switch (want) {
    case 'text':
    case 'duration':
      return isText(shape);
    case 'time':
      return shape.kind === 'timestamp';
    case 'number':
      return shape.kind === 'number';
    case 'object':
      return isObjectShape(shape);
    case 'list':
      return shape.kind === 'list';
    case 'sequence':
      return isText(shape) || shape.kind === 'list';
    case 'countable':
      return isText(shape) || shape.kind === 'list' || isObjectShape(shape);
    case 'texts':
    case 'numbers':
    case 'lists':
      return shape.kind === 'list' && optionsOf(itemOf(shape)).every((item) => fits(itemWanted[want], item));
    case 'sortable':
      return fits('texts', shape) || fits('numbers', shape);
    default:
      return true;
  }
}

const itemWanted = {texts: 'text', numbers: 'number', lists: 'list'} as const;
