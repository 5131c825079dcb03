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
/** A time: a text of one form, as an answer of AWS has it. */
export const time = plain('timestamp');
export const number = plain('number');
export const boolean = plain('boolean');
/** The boolean that is false: what is left of a condition that did not hold. */
export const falseAlone = plain('boolean');

/** The shape of null. */
export interface Nothing extends Shape {
  /** Why a value may be null, where a step's fate is the reason: using it needs `optional()` then. */
  readonly why?: string;
}

export const nothing: Nothing = plain('nothing');

/** Null, where a step's fate is the reason. */
export function nothingWhere(why: string): Nothing {
  return {...nothing, why};
}

export function listOf(item: Shape): ExplainedShape {
  return listOfLazy(() => item);
}

/** A list whose items' shape is worked out when it is asked for: models refer to themselves. */
export function listOfLazy(item: () => Shape): ExplainedShape {
  return {kind: 'list', members: () => noMembers, item};
}

/** An object with any names, whose members all have one shape. */
export function mapOf(item: () => Shape): ExplainedShape {
  return {kind: 'map', members: () => noMembers, item};
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

/** A shape that is worked out when it is first looked into. */
export function lazily(make: () => Shape): Shape {
  let made: Shape | undefined;
  const get = (): Shape => (made ??= make());
  return {
    get kind() {
      return get().kind;
    },
    members: () => get().members(),
    item: () => get().item(),
    options: () => get().options?.() ?? [get()],
    get explain() {
      return (get() as ExplainedShape).explain;
    },
    get why() {
      return (get() as Nothing).why;
    },
  } as Shape;
}

/** Timestamps and blobs are texts once they are JSON. */
export function isText({kind}: Shape): boolean {
  return kind === 'string' || kind === 'timestamp' || kind === 'blob';
}

/** Returns true for structures and maps. */
export function isObjectShape({kind}: Shape): boolean {
  return kind === 'structure' || kind === 'map';
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
