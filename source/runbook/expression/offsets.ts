import {tokenize} from '@jmespath-community/jmespath';
import {parseExpression, type Node} from './parse.ts';

/**
 * Offsets of an expression's names in its text. The parser keeps no positions, but reads names from left to right.
 * Walking the tree in that order meets the identifiers of the text.
 */
export function nameOffsets(source: string): ReadonlyMap<Node, number> {
  const found = new Map<Node, number>();
  const tokens = tokenize(source).filter(({type}) => /Identifier$|^Variable$/.test(type));
  let position = 0;
  for (const {name, node} of namesIn(parseExpression(source))) {
    const token = tokens[position];
    // Never in a tree that the parser made of this text; a wrong position would be worse than none.
    if (token?.value !== name) return found;
    if (node !== undefined) found.set(node, token.start);
    position += 1;
  }
  return found;
}

interface Name {
  readonly name: string;
  /** The node that the name belongs to; absent for keywords. */
  readonly node?: Node;
}

function namesIn(node: Node): readonly Name[] {
  switch (node.type) {
    case 'Field':
    case 'Variable':
      return [{name: node.name, node}];
    case 'Function':
      return [{name: node.name, node}, ...node.children.flatMap(namesIn)];
    case 'FilterProjection':
      return [node.left, node.condition, node.right].flatMap(namesIn);
    case 'Ternary':
      return [node.condition, node.trueExpr, node.falseExpr].flatMap(namesIn);
    case 'MultiSelectHash':
      return node.children.flatMap((pair) => [{name: pair.name}, ...namesIn(pair.value)]);
    case 'MultiSelectList':
      return node.children.flatMap(namesIn);
    case 'LetExpression':
      return [{name: 'let'}, ...node.bindings.flatMap(namesIn), {name: 'in'}, ...namesIn(node.expression)];
    case 'Binding':
      return [{name: node.variable}, ...namesIn(node.reference)];
    case 'Unary':
      return namesIn(node.operand);
    default:
      if ('child' in node) return namesIn(node.child);
      return 'left' in node ? [node.left, node.right].flatMap(namesIn) : [];
  }
}
