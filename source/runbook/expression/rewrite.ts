import {tokenize} from '@jmespath-community/jmespath';
import {nameOffsets} from './offsets.ts';
import {ExpressionError, parseExpression, type Node} from './parse.ts';

/** What stands in an expression for the names of shared steps. */
export interface Replacements {
  /** The ids of steps by the ones that they are called by. */
  readonly steps: ReadonlyMap<string, string>;
  /** Expressions by the names of parameters. */
  readonly parameters: ReadonlyMap<string, string>;
}

type Token = ReturnType<typeof tokenize>[number];

/**
 * Returns an expression with other ids of steps, and with expressions in the place of `parameters.name`. Throws
 * {@link ExpressionError} for a parameter that is not there. A text that does not parse stays as it is.
 */
export function rewritten(source: string, {steps, parameters}: Replacements): string {
  const tokens = tokensOf(source);
  let result = '';
  let copied = 0;
  tokens.forEach((token, at) => {
    const name = rootName(tokens, at);
    const member = tokens[at + 1]?.type === 'Dot' ? tokens[at + 2] : undefined;
    if (name === 'parameters' && parameters.size > 0) {
      const value = member === undefined ? undefined : parameters.get(String(member.value));
      if (member === undefined || value === undefined) throw noParameter(member, parameters);
      result += source.slice(copied, token.start) + value;
      copied = endOf(source, member);
    }
    const id = name === 'steps' && member !== undefined ? steps.get(String(member.value)) : undefined;
    if (id !== undefined && member !== undefined) {
      result += source.slice(copied, member.start) + id;
      copied = endOf(source, member);
    }
  });
  return result + source.slice(copied);
}

function tokensOf(source: string): readonly Token[] {
  try {
    return tokenize(source);
  } catch {
    return [];
  }
}

/** The name that begins a path at a token: bare, or with a $. */
function rootName(tokens: readonly Token[], at: number): string | undefined {
  const token = tokens[at];
  if (token?.type === 'Variable') return String(token.value);
  return token?.type === 'UnquotedIdentifier' && tokens[at - 1]?.type !== 'Dot'
    ? String(token.value)
    : undefined;
}

function endOf(source: string, {start, value, type}: Token): number {
  if (type !== 'QuotedIdentifier') return start + String(value).length;
  const quoted = /"(?:[^"\\]|\\.)*"/y;
  quoted.lastIndex = start;
  return start + (quoted.exec(source)?.[0].length ?? 0);
}

function noParameter(member: Token | undefined, parameters: ReadonlyMap<string, string>): ExpressionError {
  const known = [...parameters.keys()].map((name) => `parameters.${name}`).join(', ');
  const what =
    member === undefined ? 'parameters is no value' : `there is no parameter ${String(member.value)}`;
  return new ExpressionError(`${what}; there are ${known}`);
}

/** Names that a run's expressions begin with, as variables too. */
const roots = new Set(['inputs', 'steps', 'account', 'caller', 'region', 'item']);

/**
 * Returns an expression that says the same wherever it stands: the run's own names, which begin its paths, get their $.
 * Throws {@link ExpressionError} when it does not parse.
 */
export function anywhere(source: string): string {
  const offsets = nameOffsets(source);
  const starts = rootFields(parseExpression(source))
    .filter((node) => node.type === 'Field' && roots.has(node.name))
    .flatMap((node) => offsets.get(node) ?? []);
  return starts
    .toSorted((one, other) => other - one)
    .reduce((text, start) => `${text.slice(0, start)}$${text.slice(start)}`, source);
}

/** The names in an expression that are asked of what it is worked out on, and not of a part of that. */
function rootFields(node: Node): readonly Node[] {
  switch (node.type) {
    case 'Field':
      return [node];
    case 'Subexpression':
    case 'Pipe':
    case 'IndexExpression':
    case 'Projection':
    case 'FilterProjection':
    case 'ValueProjection':
      return rootFields(node.left);
    case 'Function':
      return node.children.filter(({type}) => type !== 'ExpressionReference').flatMap(rootFields);
    case 'MultiSelectList':
      return node.children.flatMap(rootFields);
    case 'MultiSelectHash':
      return node.children.flatMap(({value}) => rootFields(value));
    case 'Ternary':
      return [node.condition, node.trueExpr, node.falseExpr].flatMap(rootFields);
    case 'LetExpression':
      return [
        ...node.bindings.flatMap(({reference}) => rootFields(reference)),
        ...rootFields(node.expression),
      ];
    case 'Unary':
      return rootFields(node.operand);
    default:
      if ('child' in node) return rootFields(node.child);
      return 'left' in node ? [node.left, node.right].flatMap(rootFields) : [];
  }
}
