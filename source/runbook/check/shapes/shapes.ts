import {defined} from '../../../data/defined.ts';
import {closestName} from '../../../text/closest-name.ts';
import type {Member, Shape} from '../../operation.ts';

/** Message about a missing member. */
export interface Explanation {
  readonly message: string;
  readonly suggestion?: string;
}

/** A shape that knows why a name may be missing from it. */
export interface ExplainedShape extends Shape {
  readonly explain?: (name: string) => Explanation | undefined;
}

const noMembers: ReadonlyMap<string, Member> = new Map();

function plain(kind: Shape['kind']): ExplainedShape {
  return {kind, members: () => noMembers, item: () => undefined};
}

/** Nothing is known: every path into it may exist. */
export const anything = plain('document');
export const text = plain('string');
export const number = plain('number');
export const boolean = plain('boolean');

export function listOf(item: Shape): ExplainedShape {
  return {kind: 'list', members: () => noMembers, item: () => item};
}

/** An object with exactly these members. */
export function objectOf(
  members: Iterable<readonly [string, Shape]>,
  explain?: ExplainedShape['explain'],
): ExplainedShape {
  const found = new Map(
    [...members].map(([name, shape]) => [name, {shape, required: true, sensitive: false}]),
  );
  return {
    kind: 'structure',
    members: () => found,
    item: () => undefined,
    ...defined({explain}),
  };
}

/** Timestamps and blobs are texts once they are JSON. */
export function isText({kind}: Shape): boolean {
  return kind === 'string' || kind === 'timestamp' || kind === 'blob';
}

/** Two shapes of which either may be there. */
export function either(left: Shape, right: Shape): Shape {
  if (left === right) return left;
  if (isText(left) && isText(right)) return text;
  if (left.kind === 'list' && right.kind === 'list') {
    return listOf(either(left.item() ?? anything, right.item() ?? anything));
  }
  const simple = left.kind === 'number' || left.kind === 'boolean';
  return simple && left.kind === right.kind ? left : anything;
}

/** Describes a shape. */
export function shapeInWords(shape: Shape): string {
  if (shape.kind === 'list') return 'a list';
  if (shape.kind === 'structure' || shape.kind === 'map') return 'an object';
  return isText(shape) ? 'a text' : `a ${shape.kind}`;
}

/** Reports a missing member: lists the members that exist, or suggests the closest. */
export function missingFrom(shape: ExplainedShape, name: string): Explanation {
  const explained = shape.explain?.(name);
  if (explained !== undefined) return explained;
  const known = [...shape.members().keys()];
  const suggestion = closestName(name, known);
  if (suggestion !== undefined) return {message: `${name} cannot be there`, suggestion};
  const shown = known.slice(0, 8).join(', ');
  const more = known.length > 8 ? ', …' : '';
  return {message: `${name} cannot be there${known.length === 0 ? '' : `; there are ${shown}${more}`}`};
}
