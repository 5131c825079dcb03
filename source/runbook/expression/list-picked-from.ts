import {childrenOf, parseExpression, type Node} from './parse.ts';
import {expressionIn} from './template.ts';

/**
 * Returns the name of the list from which an expression picks entries one by one. For each part of that list it gives
 * its part of the result, so that a long list need not be there as a whole. Undefined for any other expression.
 */
export function listPickedFrom(text: string): string | undefined {
  const expression = expressionIn(text);
  return expression === undefined ? undefined : sourceOf(parseExpression(expression));
}

function sourceOf(node: Node): string | undefined {
  switch (node.type) {
    case 'Field':
      return node.name;
    case 'Flatten':
      return sourceOf(node.child);
    case 'Projection':
      return seesAll(node.right) ? undefined : sourceOf(node.left);
    case 'FilterProjection':
      return seesAll(node.right) || seesAll(node.condition) ? undefined : sourceOf(node.left);
    default:
      return undefined;
  }
}

/** Returns true if an expression about an entry looks at the whole answer too. */
function seesAll(node: Node): boolean {
  return node.type === 'Root' || childrenOf(node).some(seesAll);
}
