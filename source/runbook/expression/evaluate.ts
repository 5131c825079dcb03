import {isObject} from '../../data/json.ts';
import type {Json} from '../../data/json.ts';
import {countDown, describe, isList, same, truthy} from './data.ts';
import {callValueFunction} from './functions.ts';
import {arithmetic, exact, order, ordered, signed, sliced} from './numbers.ts';
import {ExpressionError, parseExpression, type Node} from './parse.ts';
import {askingFunctions, chosenFromList, keyFunctions, wantedAt} from './signatures.ts';

/** Reach of an expression: `@` and bare names are the root, `$name` the variables. */
export interface Scope {
  readonly root: Json;
  readonly variables: {readonly [name: string]: Json};
  /** The time that `now()` gives (ms since the epoch); absent where there is none. */
  readonly now?: number;
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
  readonly now?: number;
  /** A path that reaches nothing is an error here. */
  readonly strict: boolean;
  /** It is where nothing in the expression allows for it. */
  readonly strictOutside: boolean;
  readonly budget: {values: number};
}

/**
 * Evaluates a JMESPath expression. Paths inside `optional(…)`, `not_null(…)` and `type(…)` and to the left of `||` may
 * reach nothing even when strict. An operand or an argument that has to be of a type cannot. Throws
 * {@link ExpressionError}.
 */
export function evaluate(source: string, scope: Scope, strictness: Strictness): Json {
  return evaluateNode(parseExpression(source), scope, strictness);
}

/** Evaluates a part of an expression on the root. Throws {@link ExpressionError}. */
export function evaluateNode(node: Node, scope: Scope, strictness: Strictness): Json {
  const strict = strictness === 'strict';
  const run: Run = {...scope, strict, strictOutside: strict, budget: {values: maxSteps}};
  const result = visit(node, scope.root, run);
  countDown(
    result,
    {values: maxResultValues},
    `the result has more than ${maxResultValues} values: keep fewer members, or filter the list`,
  );
  return result;
}

const tooLong = `an evaluation may take ${maxSteps} steps, and this takes more`;

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
    case 'Projection': {
      const base = visit(node.left, value, run);
      // A slice makes a projection of a list; of a text it makes a text.
      const isSlice = node.left.type === 'IndexExpression' && node.left.right.type === 'Slice';
      return isSlice && typeof base === 'string'
        ? visit(node.right, base, run)
        : project(base, node.right, run);
    }
    case 'ValueProjection':
      return project(valuesOf(visit(node.left, value, run), run), node.right, run);
    case 'FilterProjection': {
      const base = visit(node.left, value, run);
      const kept = listOf(base, run)?.filter((item) => truthy(visit(node.condition, item, run)));
      return kept === undefined ? null : project(kept, node.right, run);
    }
    case 'Flatten':
      return listOf(visit(node.child, value, run), run)?.flat() ?? null;
    case 'Comparator': {
      const side = node.name === 'EQ' || node.name === 'NE' ? run : insisting(run);
      return compare(node.name, visit(node.left, value, side), visit(node.right, value, side), run);
    }
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
    case 'Arithmetic': {
      const operand = insisting(run);
      return arithmetic(node.operator, visit(node.left, value, operand), visit(node.right, value, operand));
    }
    case 'Unary':
      return signed(node.operator, visit(node.operand, value, insisting(run)));
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

function slice(node: Extract<Node, {type: 'Slice'}>, value: Json, run: Run): Json {
  if (typeof value === 'string') return sliced(value, node);
  const list = listOf(value, run);
  return list === undefined ? null : sliced(list, node);
}

/** Where a value of a type is needed, nothing is as wrong inside `optional(…)` as outside. */
function insisting(run: Run): Run {
  return run.strict === run.strictOutside ? run : {...run, strict: run.strictOutside};
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
  if (keyFunctions.includes(name)) return callKeyFunction(name, nodes, value, run);
  const lenient = askingFunctions.has(name) ? {...run, strict: false} : run;
  const args = nodes.map((node, index) => {
    if (node.type !== 'ExpressionReference') {
      return visit(node, value, wantedAt(name, index) === 'anything' ? lenient : insisting(run));
    }
    throw new ExpressionError(
      `${name}() takes no &expression here; write a projection such as list[].member`,
    );
  });
  // A function walks its arguments. Shared values count each time, or nested sharing would take minutes.
  for (const arg of args) countDown(arg, run.budget, tooLong);
  const result = callValueFunction(name, args, run.now);
  if (result !== null || !run.strict) return result;
  if (name === 'not_null')
    throw new ExpressionError('not_null() reaches nothing: there is none of its arguments');
  if (chosenFromList.has(name)) throw emptyList(name);
  return result;
}

function emptyList(name: string): ExpressionError {
  return new ExpressionError(`${name}() reaches nothing: the list is empty`);
}

/** `sort_by(list, &key)` and its like. A key that reaches nothing is an error even in a lenient place. */
function callKeyFunction(name: string, nodes: readonly Node[], value: Json, run: Run): Json {
  const [first, second] = nodes;
  if (first === undefined || second?.type !== 'ExpressionReference' || nodes.length > 2) {
    throw new ExpressionError(`${name}() takes a list and an &expression`);
  }
  const list = visit(first, value, insisting(run));
  if (!isList(list)) throw new ExpressionError(`${name}() takes a list, not ${describe(list)}`);
  const keyed = list.map((item) => ({item, key: visit(second.child, item, {...run, strict: true})}));
  const kinds = new Set(keyed.map(({key}) => typeof key));
  const orderly = kinds.size === 0 || (kinds.size === 1 && (kinds.has('string') || kinds.has('number')));
  if (!orderly) throw new ExpressionError(`${name}() needs keys that are all texts or all numbers`);
  if (name === 'group_by') {
    const groups = Map.groupBy(keyed, ({key}) => String(key));
    return Object.fromEntries([...groups].map(([key, group]) => [key, group.map(({item}) => item)]));
  }
  const sorted = keyed.toSorted((a, b) => order(a.key, b.key));
  if (name === 'sort_by') return sorted.map(({item}) => item);
  // Of several that are alike, the first.
  const most = sorted.at(-1)?.key ?? null;
  const chosen = name === 'min_by' ? sorted[0] : sorted.find(({key}) => key === most);
  if (chosen === undefined && run.strict) throw emptyList(name);
  return chosen?.item ?? null;
}

function compare(name: string, left: Json, right: Json, run: Run): Json {
  countDown(left, run.budget, tooLong);
  if (name === 'EQ' || name === 'NE') {
    if (typeof left === 'number' && typeof right === 'number' && left === right) exact(left);
    return same(left, right) === (name === 'EQ');
  }
  return ordered(name, left, right);
}
