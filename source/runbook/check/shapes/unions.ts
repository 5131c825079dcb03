import type {Shape} from '../../operation.ts';
import {
  anything,
  boolean,
  falseAlone,
  isText,
  listOfLazy,
  mapOf,
  nothing,
  text,
  type Nothing,
} from './shapes.ts';

/** Most shapes that a union keeps apart; beyond that nothing is claimed about it. */
const mostOptions = 12;

/** The shapes that a value may have. Empty for a value that can never be. */
export function optionsOf(shape: Shape): readonly Shape[] {
  return shape.kind === 'union' ? (shape.options?.() ?? []) : [shape];
}

/** A shape of which any of several may be there. Those of a kind become one. */
export function union(...shapes: readonly Shape[]): Shape {
  const kept: Shape[] = [];
  for (const shape of shapes.flatMap(optionsOf)) {
    if (shape.kind === 'document') return anything;
    const at = kept.findIndex((one) => merged(one, shape) !== undefined);
    const one = kept[at];
    if (one === undefined) kept.push(shape);
    else kept[at] = merged(one, shape) ?? one;
  }
  const [only] = kept;
  if (kept.length === 1 && only !== undefined) return only;
  if (kept.length > mostOptions) return anything;
  return {kind: 'union', members: () => new Map(), item: () => undefined, options: () => kept};
}

/** Two shapes as one, where that loses nothing. */
function merged(left: Shape, right: Shape): Shape | undefined {
  if (left === right) return left;
  if (isText(left) && isText(right)) {
    const {concealed = right.concealed} = left;
    const both = left.kind === right.kind ? left : text;
    return concealed === undefined ? both : {...both, concealed};
  }
  if (left.kind !== right.kind || left.kind === 'structure') return undefined;
  if (left.kind === 'boolean') return boolean;
  if (left.kind === 'nothing') return (left as Nothing).why === undefined ? right : left;
  if (left.kind === 'list') return listOfLazy(() => union(itemOf(left), itemOf(right)));
  return left.kind === 'map' ? mapOf(() => union(itemOf(left), itemOf(right))) : left;
}

/** A list of which each item is known. */
export function tupleOf(positions: readonly Shape[]): Shape {
  return {...listOfLazy(() => union(...positions)), positions};
}

/** The shape of a list's or a map's entries. */
export function itemOf(shape: Shape): Shape {
  return shape.item() ?? anything;
}

/** The same shape, or null. */
export function orNothing(shape: Shape): Shape {
  return shape.kind === 'document' ? shape : union(shape, nothing);
}

/** The shape of a value that is not null. */
export function something(shape: Shape): Shape {
  return kept(shape, ({kind}) => kind !== 'nothing');
}

/** The shape of a value that JMESPath counts as true. */
export function truthy(shape: Shape): Shape {
  return kept(shape, (one) => one.kind !== 'nothing' && one !== falseAlone);
}

/** The shape of a value that JMESPath counts as false. */
export function falsy(shape: Shape): Shape {
  return union(
    ...optionsOf(shape)
      .filter(({kind}) => kind !== 'number')
      .map((one) => (one.kind === 'boolean' ? falseAlone : one)),
  );
}

/** The shape without the options that a condition rules out. */
export function kept(shape: Shape, holds: (option: Shape) => boolean): Shape {
  const options = optionsOf(shape);
  const left = options.filter(holds);
  return left.length === options.length ? shape : union(...left);
}

/** The option that is null, if the value may be. */
export function nothingIn(shape: Shape): Nothing | undefined {
  return optionsOf(shape).find(({kind}) => kind === 'nothing');
}

/** Describes a shape. */
export function shapeInWords(shape: Shape): string {
  const words = [...new Set(optionsOf(shape).map(optionInWords))];
  if (words.length === 0) return 'never there';
  return words.length === 1 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

function optionInWords(shape: Shape): string {
  if (shape === falseAlone) return 'false';
  if (shape.kind === 'timestamp') return 'a time';
  if (isText(shape)) return 'a text';
  switch (shape.kind) {
    case 'list':
      return 'a list';
    case 'structure':
    case 'map':
      return 'an object';
    case 'nothing':
      return 'nothing';
    case 'document':
      return 'a value';
    default:
      return `a ${shape.kind}`;
  }
}
