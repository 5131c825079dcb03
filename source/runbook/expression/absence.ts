import {parseExpression, type Node} from './parse.ts';

/**
 * Returns true if an expression says that its value may be left out: what it ends in is `optional(…)` or null. A value
 * that is missing without that is a mistake.
 */
export function saysAbsence(source: string): boolean {
  return endsInAbsence(parseExpression(source));
}

function endsInAbsence(node: Node): boolean {
  switch (node.type) {
    case 'Literal':
      return node.value === null;
    case 'Function': {
      const last = node.children.at(-1);
      return (
        node.name === 'optional' || (node.name === 'not_null' && last !== undefined && endsInAbsence(last))
      );
    }
    case 'Ternary':
      return endsInAbsence(node.trueExpr) || endsInAbsence(node.falseExpr);
    case 'OrExpression':
    case 'AndExpression':
    case 'Pipe':
      return endsInAbsence(node.right);
    case 'LetExpression':
      return endsInAbsence(node.expression);
    default:
      return false;
  }
}
