import {childrenOf, ExpressionError, parseExpression, type Node} from '../../expression/parse.ts';
import {nameOffsets} from '../../expression/offsets.ts';
import type {Problem} from '../../load/problem.ts';
import type {CheckContext} from '../context.ts';
import type {Site} from '../shapes/expression-sites.ts';
import {sitesOf} from '../shapes/step-sites.ts';

/**
 * Secrets anywhere but in a request: everything else is journaled or shown, so there it would only be a mask. In a
 * request too an expression has the mask in hand: it can be put into a text, and nothing can be made of it.
 */
export function secretsRule({runbook, places}: CheckContext): readonly Problem[] {
  const secrets = new Set(
    Object.entries(runbook.inputs).flatMap(([name, {type}]) => (type === 'secret' ? [name] : [])),
  );
  if (secrets.size === 0) return [];
  return runbook.steps.flatMap((step, index) =>
    sitesOf(step, ['steps', index]).flatMap((site) =>
      namesOf(site.source)
        .filter(({name, isWorkedOn}) => secrets.has(name) && (isWorkedOn || !isRequestMember(site)))
        .map(({name, offset}) => {
          const why = isRequestMember(site)
            ? 'it can be joined to a text, and nothing else can be made of it'
            : 'it can be used in the members of a request only';
          return places.atText(site.path, site.offset + offset, `${name} is a secret: ${why}`);
        }),
    ),
  );
}

function isRequestMember({path}: Site): boolean {
  return ['with', 'writeWith', 'set'].some((member) => path.includes(member));
}

interface Asked {
  readonly name: string;
  readonly offset: number;
  /** Something is made of it, such as its Base64. */
  readonly isWorkedOn: boolean;
}

/** The inputs that an expression asks for, by `inputs.name`. */
function namesOf(source: string): readonly Asked[] {
  try {
    const offsets = nameOffsets(source);
    return inputsIn(parseExpression(source), false).map(({node, isWorkedOn}) => ({
      name: node.name,
      offset: offsets.get(node) ?? 0,
      isWorkedOn,
    }));
  } catch (error) {
    if (error instanceof ExpressionError) return [];
    throw error;
  }
}

/** Functions that pass a text on as it is. */
const passing = new Set(['join', 'not_null', 'optional', 'to_array', 'to_string']);

interface Found {
  readonly node: Extract<Node, {type: 'Field'}>;
  readonly isWorkedOn: boolean;
}

function inputsIn(node: Node, isWorkedOn: boolean): readonly Found[] {
  const works =
    (node.type === 'Function' && !passing.has(node.name)) ||
    ['Comparator', 'Arithmetic', 'Slice', 'NotExpression'].includes(node.type);
  const below = childrenOf(node).flatMap((child) => inputsIn(child, isWorkedOn || works));
  if (node.type !== 'Subexpression' || node.right.type !== 'Field') return below;
  const {left} = node;
  const asked = (left.type === 'Field' || left.type === 'Variable') && left.name === 'inputs';
  return asked ? [{node: node.right, isWorkedOn}, ...below] : below;
}
