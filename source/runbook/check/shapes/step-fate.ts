import {traitsOf} from '../../actions/actions.ts';
import {ExpressionError, parseExpression, type Node} from '../../expression/parse.ts';
import {expressionIn} from '../../expression/template.ts';
import type {Step} from '../../language/step.ts';
import type {CheckContext} from '../context.ts';
import type {SiteKind} from './expression-sites.ts';
import {factsOf, noFacts, type Facts} from './facts.ts';

type Operations = CheckContext['operations'];

/** Why an item of a step may have no output, if that can be. */
export function whyNoOutputOfItem(step: Step, operations: Operations): string | undefined {
  if (step.catch?.some(({next, output}) => next === 'continue' && !isSomething(output)) === true)
    return 'where its catch went on from an error';
  return traitsOf(step.action).nothingWhere?.(step.action, operations);
}

/** Returns true for an expression that is something for certain: a value, a list or an object that is written out. */
function isSomething(text: string | undefined): boolean {
  const node = text === undefined ? undefined : nodeOf(text);
  if (node?.type === 'Literal') return node.value !== null;
  return node?.type === 'MultiSelectList' || node?.type === 'MultiSelectHash';
}

/**
 * Why a step that is over may have no output, if that can be. `when` is that of the step which asks: a step under the
 * same condition has run then. `byRegion`: Regions without the step are not in the list.
 */
export function whyNoOutput(
  step: Step,
  operations: Operations,
  asked: {readonly byRegion: boolean; readonly when: string | undefined},
): string | undefined {
  const ofItem = step.forEach === undefined ? whyNoOutputOfItem(step, operations) : undefined;
  if (ofItem !== undefined || asked.byRegion) return ofItem;
  if (step.when !== undefined && !implies(asked.when, step.when)) return 'where its `when` left it out';
  if (step.ifInstalled === true) return 'where its AWS client is not installed';
  return step.skippable ? 'where the operator went on without it' : undefined;
}

function implies(given: string | undefined, wanted: string): boolean {
  if (given === wanted) return true;
  const known = new Set(conditionsIn(given));
  const needed = conditionsIn(wanted);
  return needed.length > 0 && needed.every((one) => known.has(one));
}

/** The conditions that a `when` joins with &&, each as text. */
function conditionsIn(when: string | undefined): readonly string[] {
  const node = when === undefined ? undefined : nodeOf(when);
  return node === undefined ? [] : joined(node).map((one) => JSON.stringify(one));
}

function joined(node: Node): readonly Node[] {
  return node.type === 'AndExpression' ? [...joined(node.left), ...joined(node.right)] : [node];
}

/** What is so in a step's other expressions, since its `when` held. */
export function whenFacts(when: string, {root}: SiteKind): Facts {
  const node = nodeOf(when);
  if (node === undefined) return noFacts;
  const facts = [...factsOf(node, true)];
  const asVariables = facts.map(([key, refine]) => [key.startsWith('$') ? key : `$${key}`, refine] as const);
  // Elsewhere the same name may be a member of the answer.
  return new Map(root === 'run' ? [...facts, ...asVariables] : asVariables);
}

function nodeOf(when: string): Node | undefined {
  try {
    const expression = expressionIn(when);
    return expression === undefined ? undefined : parseExpression(expression);
  } catch (error) {
    if (error instanceof ExpressionError) return undefined;
    throw error;
  }
}
