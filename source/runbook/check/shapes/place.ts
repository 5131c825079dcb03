import type {Node} from '../../expression/parse.ts';
import type {Shape} from '../../operation.ts';
import {everywhere, type Facts} from './facts.ts';
import {nothingIn, optionsOf, orNothing} from './unions.ts';

/** Reach of an expression, by shape alone. */
export interface ShapeScope {
  readonly root: Shape;
  readonly variables: ReadonlyMap<string, Shape>;
  /** What is so where the expression is worked out. */
  readonly facts?: Facts;
  /** A path may reach nothing there: it is a text for people. */
  readonly lenient?: boolean;
  /** Why the time cannot be asked for there, if it cannot. */
  readonly noClock?: NoClock | undefined;
}

/** Where in an expression a part is worked out. */
export interface Place {
  readonly variables: ReadonlyMap<string, Shape>;
  readonly facts: Facts;
  /** The path that leads here from where the facts' paths begin. */
  readonly prefix: string;
  /** As in the evaluator: a path that reaches nothing is an error here. */
  readonly strict: boolean;
  readonly strictOutside: boolean;
  /** Why the time cannot be asked for here, if it cannot. */
  readonly noClock: NoClock | undefined;
}

/** Why an expression cannot ask for the time; the condition of a filter may be able to all the same. */
interface NoClock {
  readonly why: string;
  readonly butInFilters: boolean;
}

/** Where the condition of a filter is worked out. */
export function inFilter(place: Place): Place {
  return place.noClock?.butInFilters === true ? {...place, noClock: undefined} : place;
}

/** Where paths begin anew, at something else. */
export function elsewhere(place: Place): Place {
  return {...place, facts: everywhere(place.facts), prefix: ''};
}

/** Where a value of a type is needed, nothing is as wrong inside `optional(…)` as outside. */
export function insisting(place: Place): Place {
  return place.strict === place.strictOutside ? place : {...place, strict: place.strictOutside};
}

/** The shape of a path that goes on from a base: nothing, where the base may be and that is allowed. */
export function inside(base: Shape, shape: Shape, {strict}: Pick<Place, 'strict'>): Shape {
  return strict || optionsOf(base).every(({kind}) => kind === 'list' || kind === 'document')
    ? shape
    : orNothing(shape);
}

/** The shape of something made of a value; where there is no value, nothing is made. */
export function ofPresent(at: Shape, shape: Shape): Shape {
  return nothingIn(at) === undefined ? shape : orNothing(shape);
}

/** Returns true if a part is a slice of a list or of a text. */
export function isSlice(node: Node): boolean {
  return node.type === 'IndexExpression' && node.right.type === 'Slice';
}
