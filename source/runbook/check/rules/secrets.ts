import {childrenOf, ExpressionError, parseExpression, type Node} from '../../expression/parse.ts';
import {nameOffsets} from '../../expression/offsets.ts';
import type {Problem} from '../../load/problem.ts';
import type {CheckContext} from '../context.ts';
import type {Site} from '../shapes/expression-sites.ts';
import {sitesOf} from '../shapes/step-sites.ts';

/** Secrets anywhere but in a request: everything else is journaled or shown, so there it would only be a mask. */
export function secretsRule({runbook, places}: CheckContext): readonly Problem[] {
  const secrets = new Set(
    Object.entries(runbook.inputs).flatMap(([name, {type}]) => (type === 'secret' ? [name] : [])),
  );
  if (secrets.size === 0) return [];
  return runbook.steps.flatMap((step, index) =>
    sitesOf(step, ['steps', index])
      .filter((site) => !isRequestMember(site))
      .flatMap((site) =>
        namesOf(site.source)
          .filter(({name}) => secrets.has(name))
          .map(({name, offset}) =>
            places.atText(
              site.path,
              site.offset + offset,
              `${name} is a secret: it can be used in the members of a request only`,
            ),
          ),
      ),
  );
}

function isRequestMember({path}: Site): boolean {
  return path.includes('with') || path.includes('set');
}

/** The inputs that an expression asks for, by `inputs.name`. */
function namesOf(source: string): readonly {readonly name: string; readonly offset: number}[] {
  try {
    const offsets = nameOffsets(source);
    return inputsIn(parseExpression(source)).map((node) => ({
      name: node.name,
      offset: offsets.get(node) ?? 0,
    }));
  } catch (error) {
    if (error instanceof ExpressionError) return [];
    throw error;
  }
}

function inputsIn(node: Node): readonly Extract<Node, {type: 'Field'}>[] {
  const below = childrenOf(node).flatMap(inputsIn);
  if (node.type !== 'Subexpression' || node.right.type !== 'Field') return below;
  const {left} = node;
  const asked = (left.type === 'Field' || left.type === 'Variable') && left.name === 'inputs';
  return asked ? [node.right, ...below] : below;
}
