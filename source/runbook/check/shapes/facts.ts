import type {Node} from '../../expression/parse.ts';
import type {Shape} from '../../operation.ts';
import {isObjectShape, isText, nothing} from './shapes.ts';
import {falsy, kept, something, truthy} from './unions.ts';

type Refinement = (shape: Shape) => Shape;

/** Facts about values, by their path. A path that begins with `$` means the same wherever it stands. */
export type Facts = ReadonlyMap<string, Refinement>;

export const noFacts: Facts = new Map();

/** A path as text: `a.b[0]`, `$steps.a`, `@`. Undefined for anything that is no plain path. */
export function pathOf(node: Node): string | undefined {
  switch (node.type) {
    case 'Field':
      return node.name;
    case 'Variable':
      return `$${node.name}`;
    case 'Current':
    case 'Identity':
      return '@';
    case 'Index':
      return `[${node.value}]`;
    case 'Subexpression':
    case 'IndexExpression': {
      const left = pathOf(node.left);
      const right = pathOf(node.right);
      if (left === undefined || right === undefined) return undefined;
      return node.type === 'Subexpression' ? `${left}.${right}` : `${left}${right}`;
    }
    default:
      return undefined;
  }
}

/** The key of a path's facts, where paths begin at a prefix. */
export function keyOf(path: string, prefix: string): string {
  return path.startsWith('$') ? path : prefix + path;
}

/** What is so where a condition holds, or where it does not. */
export function factsOf(condition: Node, holds: boolean, prefix = ''): Facts {
  const found = new Map<string, Refinement>();
  collect(condition, holds, prefix, (key, refine) => {
    const known = found.get(key);
    found.set(key, known === undefined ? refine : (shape) => refine(known(shape)));
  });
  return found;
}

/** The facts of both, and of those of the first only the ones that hold everywhere when paths begin elsewhere. */
export function withFacts(facts: Facts, further: Facts): Facts {
  if (further.size === 0) return facts;
  return new Map([...facts, ...further]);
}

/** Facts that hold wherever a path begins. */
export function everywhere(facts: Facts): Facts {
  if (facts.size === 0) return facts;
  return new Map([...facts].filter(([key]) => key.startsWith('$')));
}

type Note = (key: string, refine: Refinement) => void;

function collect(node: Node, holds: boolean, prefix: string, note: Note): void {
  switch (node.type) {
    case 'AndExpression':
    case 'OrExpression':
      // Of "a and b" that fails, and of "a or b" that holds, it is not known which.
      if ((node.type === 'AndExpression') !== holds) return;
      collect(node.left, holds, prefix, note);
      collect(node.right, holds, prefix, note);
      return;
    case 'NotExpression':
      collect(node.child, !holds, prefix, note);
      return;
    case 'Comparator':
      compared(node, holds, prefix, note);
      return;
    default: {
      const path = askedPath(node);
      if (path === undefined) return;
      about(path, prefix, holds ? truthy : falsy, note);
      if (holds) above(path, prefix, note);
    }
  }
}

function compared(
  node: Extract<Node, {type: 'Comparator'}>,
  holds: boolean,
  prefix: string,
  note: Note,
): void {
  if (node.name !== 'EQ' && node.name !== 'NE') return;
  const equal = (node.name === 'EQ') === holds;
  const [side, literal] = node.right.type === 'Literal' ? [node.left, node.right] : [node.right, node.left];
  if (literal.type !== 'Literal') return;
  const value: unknown = literal.value;
  const typed = side.type === 'Function' && side.name === 'type' ? side.children[0] : undefined;
  const path = askedPath(typed ?? side);
  if (path === undefined) return;
  if (typed !== undefined && typeof value === 'string') {
    about(path, prefix, (shape) => kept(shape, (one) => isOfType(one, value) === equal), note);
    if (equal !== (value === 'null')) above(path, prefix, note);
    return;
  }
  if (typed === undefined && (equal || value === null)) {
    const isNothing = equal && value === null;
    about(path, prefix, isNothing ? () => nothing : something, note);
    if (!isNothing) above(path, prefix, note);
  }
}

/** Returns true if a shape's values have a type, by `type()`'s names. A value of unknown shape may have any. */
function isOfType(shape: Shape, type: string): boolean {
  if (type === 'string') return isText(shape);
  if (type === 'array') return shape.kind === 'list';
  if (type === 'object') return isObjectShape(shape);
  return shape.kind === (type === 'null' ? 'nothing' : type);
}

/** The path that a condition asks about, `optional()` or not. */
function askedPath(node: Node): string | undefined {
  const asked = node.type === 'Function' && node.name === 'optional' ? node.children[0] : node;
  return asked === undefined ? undefined : pathOf(asked);
}

function about(path: string, prefix: string, refine: Refinement, note: Note): void {
  // Of a value of unknown shape nothing is known afterwards either.
  note(keyOf(path, prefix), (shape) => (shape.kind === 'document' ? shape : refine(shape)));
}

/** Where a path reaches something, so does each of its beginnings. */
function above(path: string, prefix: string, note: Note): void {
  for (const [at, character] of [...path].entries()) {
    if (at > 0 && (character === '.' || character === '[')) {
      about(path.slice(0, at), prefix, something, note);
    }
  }
}
