import {compile, tokenize} from '@jmespath-community/jmespath';

/** A node of a parsed JMESPath expression. */
export type Node = ReturnType<typeof compile>;

/** Longest expression, in characters: a limit against towers, far above any expression a person writes. */
export const maxExpressionLength = 4096;
/** Deepest nesting of an expression. */
export const maxExpressionDepth = 24;

/** An expression that cannot be parsed or evaluated; the message says why, in a line. */
export class ExpressionError extends Error {
  override readonly name = 'ExpressionError';
  /** Position in the expression's text, in characters from 0, when known. */
  readonly offset: number | undefined;

  constructor(message?: string, offset?: number) {
    super(message);
    this.offset = offset;
  }
}

const parsed = new Map<string, Node>();

/** Parses JMESPath. Throws {@link ExpressionError} when it is too long, too deep or not JMESPath. */
export function parseExpression(source: string): Node {
  const known = parsed.get(source);
  if (known !== undefined) return known;
  if (source.length > maxExpressionLength) {
    throw new ExpressionError(
      `an expression may have ${maxExpressionLength} characters, not ${source.length}`,
    );
  }
  if (bracketDepth(source) > maxExpressionDepth) throw tooDeep();
  const node = parseText(source);
  if (depthOf(node, 0) > maxExpressionDepth) throw tooDeep();
  refuseInexact(node);
  parsed.set(source, node);
  return node;
}

/** A number in the text that JavaScript cannot hold would be another one from here on. */
function refuseInexact(node: Node): void {
  if (node.type === 'Literal' && isInexact(node.value)) {
    throw new ExpressionError(`numbers are exact up to ${Number.MAX_SAFE_INTEGER}: write this one as a text`);
  }
  for (const child of childrenOf(node)) refuseInexact(child);
}

function isInexact(value: unknown): boolean {
  if (typeof value === 'number') return Number.isInteger(value) && !Number.isSafeInteger(value);
  return typeof value === 'object' && value !== null && Object.values(value).some(isInexact);
}

function parseText(source: string): Node {
  try {
    return compile(source);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const offset = offsetOfMistake(source);
    throw new ExpressionError(
      `not a JMESPath expression: ${reason.replace(/^Syntax error[:,] /, '')}`,
      offset,
    );
  }
}

/** Finds the position at which a text stops being JMESPath, since the parser does not report it. */
function offsetOfMistake(source: string): number | undefined {
  const unknown = /unknown character: (.)/su;
  try {
    tokenize(source);
  } catch (error) {
    const character = unknown.exec(error instanceof Error ? error.message : '')?.[1];
    const found = character === undefined ? -1 : source.indexOf(character);
    return found < 0 ? undefined : found;
  }
  // A beginning that is only unfinished fails at its end; the first that fails earlier ends with the mistake.
  const starts = tokenize(source).map(({start}) => start);
  let least = 0;
  let most = starts.length - 1;
  while (least < most) {
    const middle = Math.floor((least + most) / 2);
    if (isBeginning(source.slice(0, starts[middle + 1]))) least = middle + 1;
    else most = middle;
  }
  return isBeginning(source) ? source.length - 1 : starts[least];
}

function isBeginning(source: string): boolean {
  try {
    compile(source);
    return true;
  } catch (error) {
    return error instanceof Error && error.message.includes('EOF');
  }
}

function tooDeep(): ExpressionError {
  return new ExpressionError(`an expression may nest ${maxExpressionDepth} deep`);
}

/** Counted before parsing: the parser itself recurses. Brackets inside literals count too, which only errs on the safe side. */
function bracketDepth(source: string): number {
  let depth = 0;
  let deepest = 0;
  for (const character of source) {
    if ('([{'.includes(character)) depth += 1;
    if (')]}'.includes(character)) depth -= 1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

/** The nodes directly below a node. */
export function childrenOf(node: Node): readonly Node[] {
  const below: unknown[] = Object.entries(node).flatMap(([name, value]: [string, unknown]) => {
    if (node.type === 'Literal' && name === 'value') return [];
    return Array.isArray(value) ? value : [value];
  });
  return below.filter(
    (value): value is Node => typeof value === 'object' && value !== null && 'type' in value,
  );
}

function depthOf(node: Node, depth: number): number {
  // A chain such as a.b.c.d nests to the left without being deep for a reader or for the evaluator's result.
  const step = node.type === 'Subexpression' || node.type === 'IndexExpression' ? 0 : 1;
  return Math.max(depth, ...childrenOf(node).map((child) => depthOf(child, depth + step)));
}
