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
 * Why a step that is over may have no output, if that can be. `conditions` are those that hold for the step which
 * asks: a step under the same ones has run then. `byRegion`: Regions without the step are not in the list.
 */
export function whyNoOutput(
  step: Step,
  operations: Operations,
  asked: {readonly byRegion: boolean; readonly conditions: readonly string[]},
): string | undefined {
  const ofItem = step.forEach === undefined ? whyNoOutputOfItem(step, operations) : undefined;
  if (ofItem !== undefined || asked.byRegion) return ofItem;
  const {group, when} = step;
  if (group?.when !== undefined && !implies(asked.conditions, group.when)) {
    return `where the \`when\` of its group “${group.title}” left it out`;
  }
  if (when !== undefined && !implies(asked.conditions, when)) return 'where its `when` left it out';
  if (step.ifInstalled === true) return 'where its AWS client is not installed';
  return step.skippable ? 'where the operator went on without it' : undefined;
}

function implies(given: readonly string[], wanted: string): boolean {
  if (given.includes(wanted)) return true;
  const known = new Set(given.flatMap(conditionsIn));
  const needed = conditionsIn(wanted);
  return needed.length > 0 && needed.every((one) => known.has(one));
}

/** The conditions that a `when` joins with &&, each as text. */
function conditionsIn(when: string): readonly string[] {
  const node = nodeOf(when);
  return node === undefined ? [] : joined(node).map((one) => JSON.stringify(one));
}

function joined(node: Node): readonly Node[] {
  return node.type === 'AndExpression' ? [...joined(node.left), ...joined(node.right)] : [node];
}

/** What is so in a step's other expressions, since these conditions held. */
export function whenFacts(conditions: readonly string[], {root}: SiteKind): Facts {
  const [first, ...more] = conditions.map(nodeOf).filter((node) => node !== undefined);
  if (first === undefined) return noFacts;
  const all = more.reduce<Node>((left, right) => ({type: 'AndExpression', left, right}), first);
  const facts = [...factsOf(all, true)];
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
