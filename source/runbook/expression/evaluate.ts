import {TreeInterpreter} from '@jmespath-community/jmespath';
import {ExpressionError, parseExpression, type Node} from './parse.ts';

/** JSON data, as an expression sees it. */
export type Data = null | boolean | number | string | readonly Data[] | {readonly [key: string]: Data};

/** What an expression can reach: `@` and bare names are the root, `$name` the variables. */
export interface Scope {
  readonly root: Data;
  readonly variables: {readonly [name: string]: Data};
}

/**
 * How a path that reaches nothing is taken: `strict` makes it an error, because null would quietly turn "every
 * Region's list is empty" into true; `lenient` makes it null, as JMESPath does.
 */
export type Strictness = 'strict' | 'lenient';

/** Most nodes visited in one evaluation, and most values in its result. Both are reached in well under a second. */
const maxVisits = 2_000_000;
const maxResultValues = 500_000;
const maxTextLength = 1_000_000;

/** Functions that take `&expression`: the runtime refuses a key that reaches nothing, so they stay strict. */
const keyFunctions = new Set(['sort_by', 'max_by', 'min_by', 'group_by']);

interface Run {
  readonly variables: {readonly [name: string]: Data};
  readonly root: Data;
  readonly strict: boolean;
  readonly budget: {visits: number};
}

/**
 * Evaluates a JMESPath expression. Paths inside `optional(…)`, inside `not_null(…)` and to the left of `||` may
 * reach nothing even when strict. Throws {@link ExpressionError}.
 */
export function evaluate(source: string, scope: Scope, strictness: Strictness): Data {
  const run: Run = {...scope, strict: strictness === 'strict', budget: {visits: maxVisits}};
  const result = visit(parseExpression(source), scope.root, run);
  limitSize(result, {values: maxResultValues});
  return result;
}

function visit(node: Node, value: Data, run: Run): Data {
  run.budget.visits -= 1;
  if (run.budget.visits < 0) throw new ExpressionError('the expression takes too long');
  switch (node.type) {
    case 'Field':
      return field(node.name, value, run);
    case 'Literal':
      return node.value as Data;
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
      return compare(node.name, visit(node.left, value, run), visit(node.right, value, run));
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
      const bound = node.bindings.map((binding): [string, Data] => [
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

function field(name: string, value: Data, run: Run): Data {
  if (isRecord(value) && Object.hasOwn(value, name)) return value[name] ?? null;
  if (!run.strict) return null;
  if (!isRecord(value)) {
    throw new ExpressionError(
      `${name} reaches nothing: there is ${describe(value)} where an object was expected`,
    );
  }
  const names = Object.keys(value).slice(0, 8).join(', ');
  throw new ExpressionError(
    `${name} reaches nothing: there is ${names === '' ? 'nothing' : `only ${names}`}`,
  );
}

function variable(name: string, run: Run): Data {
  if (Object.hasOwn(run.variables, name)) return run.variables[name] ?? null;
  throw new ExpressionError(`$${name} is not defined here`);
}

function index(position: number, value: Data, run: Run): Data {
  const list = listOf(value, run);
  const found = list?.at(position);
  if (found === undefined && run.strict) throw new ExpressionError(`[${position}] reaches nothing`);
  return found ?? null;
}

function slice(
  {start, stop, step}: {start: number | null; stop: number | null; step: number | null},
  value: Data,
  run: Run,
): Data {
  const list = listOf(value, run);
  if (list === undefined) return null;
  if (step !== null && step !== 1) throw new ExpressionError('a slice may not have a step');
  return list.slice(start ?? 0, stop ?? undefined);
}

function project(base: Data, right: Node, run: Run): Data {
  const list = listOf(base, run);
  return list?.map((item) => visit(right, item, run)).filter((item) => item !== null) ?? null;
}

function listOf(value: Data, run: Run): readonly Data[] | undefined {
  if (isList(value)) return value;
  if (!run.strict) return undefined;
  throw new ExpressionError(`there is ${describe(value)} where a list was expected`);
}

function valuesOf(value: Data, run: Run): Data {
  if (isRecord(value)) return Object.values(value);
  if (!run.strict) return null;
  throw new ExpressionError(`there is ${describe(value)} where an object was expected`);
}

function callFunction(name: string, nodes: readonly Node[], value: Data, run: Run): Data {
  if (name === 'optional') {
    const only = nodes[0];
    if (only === undefined || nodes.length > 1) throw new ExpressionError('optional() takes one path');
    return visit(only, value, {...run, strict: false});
  }
  const inner = name === 'not_null' ? {...run, strict: false} : run;
  const args = nodes.map((node) => {
    if (node.type !== 'ExpressionReference') return visit(node, value, inner);
    if (keyFunctions.has(name)) return node;
    throw new ExpressionError(
      `${name}() takes no &expression here; write a projection such as list[].member`,
    );
  });
  if (
    args.some((arg) => typeof arg === 'number' && Math.abs(arg) > maxTextLength) &&
    name.startsWith('pad_')
  ) {
    throw new ExpressionError(`${name}() may not make a text that long`);
  }
  const result = runtimeCall(name, args);
  if (typeof result === 'string' && result.length > maxTextLength) {
    throw new ExpressionError(`${name}() made a text of more than ${maxTextLength} characters`);
  }
  return result;
}

function runtimeCall(name: string, args: readonly (Data | Node)[]): Data {
  if (!TreeInterpreter.runtime.isRegistered(name))
    throw new ExpressionError(`there is no function ${name}()`);
  try {
    return TreeInterpreter.runtime.callFunction(name, args as never) as Data;
  } catch (error) {
    throw new ExpressionError(error instanceof Error ? error.message.split('\n')[0] : String(error));
  }
}

function compare(name: string, left: Data, right: Data): Data {
  if (name === 'EQ') return same(left, right);
  if (name === 'NE') return !same(left, right);
  if (typeof left !== 'number' || typeof right !== 'number') {
    throw new ExpressionError(`only numbers can be ordered, not ${describe(left)} and ${describe(right)}`);
  }
  if (name === 'LT') return left < right;
  if (name === 'LTE') return left <= right;
  return name === 'GT' ? left > right : left >= right;
}

function arithmetic(operator: string, left: Data, right: Data): Data {
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

/** Deep equality, regardless of the order of members. */
export function same(left: Data, right: Data): boolean {
  if (left === right) return true;
  if (isList(left)) {
    return (
      isList(right) && left.length === right.length && left.every((item, i) => same(item, right[i] ?? null))
    );
  }
  if (!isRecord(left) || !isRecord(right)) return false;
  const names = Object.keys(left);
  return (
    names.length === Object.keys(right).length &&
    names.every((name) => Object.hasOwn(right, name) && same(left[name] ?? null, right[name] ?? null))
  );
}

/** JMESPath's truth: false, null, and empty texts, lists and objects are false; 0 is true. */
export function truthy(value: Data): boolean {
  if (value === null || value === false || value === '') return false;
  if (isList(value)) return value.length > 0;
  return !isRecord(value) || Object.keys(value).length > 0;
}

function isList(value: Data): value is readonly Data[] {
  return Array.isArray(value);
}

function isRecord(value: Data): value is {readonly [key: string]: Data} {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function describe(value: Data): string {
  if (value === null) return 'nothing';
  if (isList(value)) return 'a list';
  if (isRecord(value)) return 'an object';
  return `a ${typeof value}`;
}

/** Counts values as they would be written out: shared ones count each time, since that is what explodes. */
function limitSize(value: Data, left: {values: number}): void {
  left.values -= 1;
  if (left.values < 0) throw new ExpressionError(`the result has more than ${maxResultValues} values`);
  if (isList(value)) for (const item of value) limitSize(item, left);
  else if (isRecord(value)) for (const item of Object.values(value)) limitSize(item, left);
}
