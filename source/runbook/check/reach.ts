import {defined} from '../../data/defined.ts';
import {ExpressionError} from '../expression/parse.ts';
import type {LoadedRunbook} from '../load/load.ts';
import type {Shape} from '../operation.ts';
import type {CheckContext} from './context.ts';
import {inferShape} from './shapes/infer-shape.ts';
import type {ShapeScope} from './shapes/place.ts';
import {anything} from './shapes/shapes.ts';
import {sitesOf} from './shapes/step-sites.ts';
import {StepShapes} from './shapes/step-shapes.ts';
import {itemOf} from './shapes/unions.ts';

/** What an expression can reach at a place in it. */
export interface Reach {
  /** Names that a path may begin with, and what they are. */
  readonly names: ReadonlyMap<string, Shape>;
  /** The shape of what an expression gives there; `anything` where it is not known. */
  shapeOf(expression: string): Shape;
}

/**
 * Returns what the only expression of a runbook that holds a mark can reach. `within` are the lists in whose filters the
 * place is, the outermost first. Undefined where no step has such an expression.
 */
export function reachOf(
  {runbook, places, shared}: LoadedRunbook,
  operations: CheckContext['operations'],
  mark: string,
  within: readonly string[],
): Reach | undefined {
  const shapes = new StepShapes({runbook, places, operations, ...defined({shared})});
  for (const [index, step] of runbook.steps.entries()) {
    const site = sitesOf(step, ['steps', index]).find(({source}) => source.includes(mark));
    if (site === undefined) continue;
    const outer = shapes.scopeAt(index, site);
    const isBare = site.root === 'run' && within.length === 0;
    const scope = within.reduce(intoItems, outer);
    const own = [...scope.variables].map(([name, shape]) => [isBare ? name : `$${name}`, shape] as const);
    const members = [...scope.root.members()].map(([name, {shape}]) => [name, shape] as const);
    return {
      names: new Map(isBare ? own : [...members, ...own]),
      shapeOf: (expression) => infer(expression, scope),
    };
  }
  return undefined;
}

/** The scope in a filter of a list: bare names are members of its items. */
function intoItems(scope: ShapeScope, list: string): ShapeScope {
  return {...scope, root: itemOf(infer(list, scope))};
}

function infer(expression: string, scope: ShapeScope): Shape {
  try {
    return inferShape(expression, scope, () => {});
  } catch (error) {
    if (error instanceof ExpressionError) return anything;
    throw error;
  }
}
