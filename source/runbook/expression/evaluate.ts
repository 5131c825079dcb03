import {isObject} from '../../data/json.ts';
import type {Json} from '../../data/json.ts';
import {countDown, describe, isList, same, truthy} from './data.ts';
import {callValueFunction, keyFunctions} from './functions.ts';
import {ExpressionError, parseExpression, type Node} from './parse.ts';

/** Reach of an expression: `@` and bare names are the root, `$name` the variables. */
export interface Scope {
  readonly root: Json;
  readonly variables: {readonly [name: string]: Json};
}

/**
 * Treatment of a path that reaches nothing. `strict` makes it an error, because null would turn "every Region's list
 * is empty" into true. `lenient` makes it null, as JMESPath does.
 */
export type Strictness = 'strict' | 'lenient';

/**
 * Most steps of one evaluation, nodes visited and values handed to functions together, and most values in its
 * result. Both are reached in well under a second.
 */
export const maxSteps = 5_000_000;
export const maxResultValues = 500_000;

interface Run {
  readonly variables: {readonly [name: string]: Json};
  readonly root: Json;
  readonly strict: boolean;
  readonly budget: {values: number};
}

/**
 * Evaluates a JMESPath expression. Paths inside `optional(…)`, inside `not_null(…)` and to the left of `||` may
 * reach nothing even when strict. Throws {@link ExpressionError}.
 */
export function evaluate(source: string, scope: Scope, strictness: Strictness): Json {
  const run: Run = {...scope, strict: strictness === 'strict', budget: {values: maxSteps}};
  const result = visit(parseExpression(source), scope.root, run);
  countDown(
    result,
    {values: maxResultValues},
    `the result has more than ${maxResultValues} values: keep fewer members, or filter the list`,
  );
  return result;
}

const tooLong = 'the expression takes too long';

function visit(node: Node, value: Json, run: Run): Json {
  run.budget.values -= 1;
  if (run.budget.values < 0) throw new ExpressionError(tooLong);
  switch (node.type) {
    case 'Field':
      return field(node.name, value, run);
    case 'Literal':
      return node.value as Json;
    case 'Current':
    case 'Identity':
      return value;
    case 'Root':
      return run.root;
    case 'Variable':
      return variable(node.name, run);
    case 'Subexpression':
    case 'Pipe':
    case 'IndexExpression':
      return visit(node.right, visit(node.left, value, run), run);
    case 'Index':
      return index(node.value, value, run);
    case 'Slice':
      return slice(node, value, run);
    case 'Projection':
      return project(visit(node.left, value, run), node.right, run);
    case 'ValueProjection':
      return project(valuesOf(visit(node.left, value, run), run), node.right, run);
    case 'FilterProjection': {
      const base = visit(node.left, value, run);
      const kept = listOf(base, run)?.filter((item) => truthy(visit(node.condition, item, run)));
      return kept === undefined ? null : project(kept, node.right, run);
    }
    case 'Flatten':
      return listOf(visit(node.child, value, run), run)?.flat() ?? null;
    case 'Comparator':
      return compare(node.name, visit(node.left, value, run), visit(node.right, value, run), run);
    case 'OrExpression': {
      const left = visit(node.left, value, {...run, strict: false});
      return truthy(left) ? left : visit(node.right, value, run);
    }
    case 'AndExpression': {
      const left = visit(node.left, value, run);
      return truthy(left) ? visit(node.right, value, run) : left;
    }
    case 'NotExpression':
      return !truthy(visit(node.child, value, run));
    case 'Ternary':
      return truthy(visit(node.condition, value, run))
        ? visit(node.trueExpr, value, run)
        : visit(node.falseExpr, value, run);
    case 'MultiSelectList':
      return value === null ? null : node.children.map((child) => visit(child, value, run));
    case 'MultiSelectHash':
      if (value === null) return null;
      return Object.fromEntries(node.children.map((pair) => [pair.name, visit(pair.value, value, run)]));
    case 'Arithmetic':
      return arithmetic(node.operator, visit(node.left, value, run), visit(node.right, value, run));
    case 'Unary': {
      const operand = visit(node.operand, value, run);
      if (typeof operand !== 'number') throw new ExpressionError('a sign needs a number');
      return node.operator === 'Minus' ? -operand : operand;
    }
    case 'LetExpression': {
      const bound = node.bindings.map((binding): [string, Json] => [
        binding.variable,
        visit(binding.reference, value, run),
      ]);
      return visit(node.expression, value, {
        ...run,
        variables: {...run.variables, ...Object.fromEntries(bound)},
      });
    }
    case 'Function':
      return callFunction(node.name, node.children, value, run);
    default:
      throw new ExpressionError(`${node.type} is not supported here`);
  }
}

function field(name: string, value: Json, run: Run): Json {
  if (isObject(value) && Object.hasOwn(value, name)) return value[name] ?? null;
  if (!run.strict) return null;
  if (!isObject(value)) {
    throw new ExpressionError(
      `${name} reaches nothing: there is ${describe(value)} where an object was expected`,
    );
  }
  const names = Object.keys(value).slice(0, 8).join(', ');
  throw new ExpressionError(
    `${name} reaches nothing: there is ${names === '' ? 'nothing' : `only ${names}`}`,
  );
}

function variable(name: string, run: Run): Json {
  if (Object.hasOwn(run.variables, name)) return run.variables[name] ?? null;
  throw new ExpressionError(`$${name} is not defined here`);
}

function index(position: number, value: Json, run: Run): Json {
  const list = listOf(value, run);
  const found = list?.at(position);
  if (found === undefined && run.strict) throw new ExpressionError(`[${position}] reaches nothing`);
  return found ?? null;
}

function slice(
  {start, stop, step}: {start: number | null; stop: number | null; step: number | null},
  value: Json,
  run: Run,
): Json {
  const list = listOf(value, run);
  if (list === undefined) return null;
  if (step !== null && step !== 1) throw new ExpressionError('a slice may not have a step');
  return list.slice(start ?? 0, stop ?? undefined);
}

function project(base: Json, right: Node, run: Run): Json {
  const list = listOf(base, run);
  return list?.map((item) => visit(right, item, run)).filter((item) => item !== null) ?? null;
}

function listOf(value: Json, run: Run): readonly Json[] | undefined {
  if (isList(value)) return value;
  if (!run.strict) return undefined;
  throw new ExpressionError(`there is ${describe(value)} where a list was expected`);
}

function valuesOf(value: Json, run: Run): Json {
  if (isObject(value)) return Object.values(value);
  if (!run.strict) return null;
  throw new ExpressionError(`there is ${describe(value)} where an object was expected`);
}

function callFunction(name: string, nodes: readonly Node[], value: Json, run: Run): Json {
  if (name === 'optional') {
    const only = nodes[0];
    if (only === undefined || nodes.length > 1) throw new ExpressionError('optional() takes one path');
    return visit(only, value, {...run, strict: false});
  }
  if (keyFunctions.includes(name)) return callKeyFunction(name, nodes, value, run);
  const inner = name === 'not_null' ? {...run, strict: false} : run;
  const args = nodes.map((node) => {
    if (node.type !== 'ExpressionReference') return visit(node, value, inner);
    throw new ExpressionError(
      `${name}() takes no &expression here; write a projection such as list[].member`,
    );
  });
  // A function walks its arguments. Shared values count each time, or nested sharing would take minutes.
  for (const arg of args) countDown(arg, run.budget, tooLong);
  return callValueFunction(name, args);
}

/** `sort_by(list, &key)` and its like. A key that reaches nothing is an error even in a lenient place. */
function callKeyFunction(name: string, nodes: readonly Node[], value: Json, run: Run): Json {
  const [first, second] = nodes;
  if (first === undefined || second?.type !== 'ExpressionReference' || nodes.length > 2) {
    throw new ExpressionError(`${name}() takes a list and an &expression`);
  }
  const list = visit(first, value, run);
  if (!isList(list)) throw new ExpressionError(`${name}() takes a list, not ${describe(list)}`);
  const keyed = list.map((item) => ({item, key: visit(second.child, item, {...run, strict: true})}));
  const kinds = new Set(keyed.map(({key}) => typeof key));
  const orderly = kinds.size === 0 || (kinds.size === 1 && (kinds.has('string') || kinds.has('number')));
  if (!orderly) throw new ExpressionError(`${name}() needs keys that are all texts or all numbers`);
  if (name === 'group_by') {
    const groups = Map.groupBy(keyed, ({key}) => String(key));
    return Object.fromEntries([...groups].map(([key, group]) => [key, group.map(({item}) => item)]));
  }
  const sorted = keyed.toSorted((a, b) => order(a.key, b.key)).map(({item}) => item);
  if (name === 'sort_by') return sorted;
  return (name === 'min_by' ? sorted[0] : sorted.at(-1)) ?? null;
}

function order(left: Json, right: Json): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  return String(left) < String(right) ? -1 : Number(String(left) > String(right));
}

function compare(name: string, left: Json, right: Json, run: Run): Json {
  countDown(left, run.budget, tooLong);
  if (name === 'EQ') return same(left, right);
  if (name === 'NE') return !same(left, right);
  if (typeof left !== 'number' || typeof right !== 'number') {
    throw new ExpressionError(`only numbers can be ordered, not ${describe(left)} and ${describe(right)}`);
  }
  if (name === 'LT') return left < right;
  if (name === 'LTE') return left <= right;
  return name === 'GT' ? left > right : left >= right;
}

function arithmetic(operator: string, left: Json, right: Json): Json {
  if (typeof left !== 'number' || typeof right !== 'number') {
    throw new ExpressionError(`arithmetic needs numbers, not ${describe(left)} and ${describe(right)}`);
  }
  if (operator === 'Plus') return left + right;
  if (operator === 'Minus') return left - right;
  if (operator === 'Multiply' || operator === 'Star') return left * right;
  if (right === 0) throw new ExpressionError('division by zero');
  if (operator === 'Modulo') return left % right;
  return operator === 'Div' ? Math.floor(left / right) : left / right;
}
