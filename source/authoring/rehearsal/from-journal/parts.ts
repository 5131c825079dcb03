import type {Json} from '../../../data/json.ts';
import {evaluateNode, type Scope} from '../../../runbook/expression/evaluate.ts';
import {childrenOf, ExpressionError, type Node} from '../../../runbook/expression/parse.ts';

/** The names that an expression reaches beside the value that it is worked out on. */
export type Names = Omit<Scope, 'root'>;

/** What a part of an expression gives. Undefined where it is an error. */
export function valueOf(
  node: Node,
  root: Json,
  names: Names,
  strictness: 'strict' | 'lenient',
): Json | undefined {
  try {
    return evaluateNode(node, {...names, root}, strictness);
  } catch (error) {
    if (error instanceof ExpressionError) return undefined;
    throw error;
  }
}

/** Returns true if a part of an expression gives the same on any value. */
export function isClosed(node: Node): boolean {
  switch (node.type) {
    case 'Literal':
    case 'Variable':
    case 'ExpressionReference':
      return true;
    case 'Field':
    case 'Current':
    case 'Identity':
    case 'Root':
    case 'Index':
    case 'Slice':
    case 'LetExpression':
      return false;
    case 'Subexpression':
    case 'Pipe':
    case 'IndexExpression':
    case 'Projection':
    case 'ValueProjection':
    case 'FilterProjection':
      return isClosed(node.left);
    default:
      return childrenOf(node).every(isClosed);
  }
}

/** Pairs about plain paths first: what functions are to give follows from these, perhaps. */
export function easiestFirst<T>(pairs: readonly (readonly [Node, T])[]): readonly (readonly [Node, T])[] {
  return pairs.toSorted(([first], [second]) => Number(callsFunction(first)) - Number(callsFunction(second)));
}

function callsFunction(node: Node): boolean {
  return node.type === 'Function' || childrenOf(node).some(callsFunction);
}

/** The first few of some values; the others are not looked for. */
export function* firstOf<T>(count: number, values: Iterable<T>): Generator<T, void> {
  let left = count;
  for (const value of values) {
    if (left === 0) return;
    left -= 1;
    yield value;
  }
}
