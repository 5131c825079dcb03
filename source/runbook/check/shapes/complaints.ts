import {defined} from '../../../data/defined.ts';
import {closestName} from '../../../text/closest-name.ts';
import type {Json} from '../../../data/json.ts';
import {truthy} from '../../expression/data.ts';
import {durationOf, noDuration} from '../../expression/durations.ts';
import {
  argumentsWanted,
  arityOf,
  functionNames,
  keyFunctions,
  wantedAt,
} from '../../expression/signatures.ts';
import {noTime, timeOf} from '../../expression/times.ts';
import type {Node} from '../../expression/parse.ts';
import type {Shape} from '../../operation.ts';
import {wrongArgument} from './function-shapes.ts';
import {anything, type Explanation} from './shapes.ts';
import {itemOf, kept, nothingIn, optionsOf, shapeInWords, something} from './unions.ts';

/** A part of an expression that cannot work, with its place in the text where that is known. */
export interface Complaint {
  readonly message: string;
  readonly suggestion?: string;
  readonly offset: number;
}

/** Says what is wrong in one expression, and where. */
export class Complaints {
  readonly #source: string;
  readonly #offsets: ReadonlyMap<Node, number>;
  readonly #complain: (complaint: Complaint) => void;

  constructor(source: string, offsets: ReadonlyMap<Node, number>, complain: (complaint: Complaint) => void) {
    this.#source = source;
    this.#offsets = offsets;
    this.#complain = complain;
  }

  say(node: Node, message: string, suggestion?: string): void {
    const offset = this.#offsets.get(lastNamed(node)) ?? 0;
    this.#complain({message, offset, ...defined({suggestion})});
  }

  negatedPath(negated: Node): void {
    this.say(negated, '! takes the name after it alone, not the whole path; write !(a.b) for !a.b');
  }

  /** Reports the habit `a && b || c` where `b` is a literal that counts as false: `c` is always the result. */
  neverChosen(left: Node): void {
    if (left.type !== 'AndExpression' || left.right.type !== 'Literal' || truthy(left.right.value as Json))
      return;
    const literal = JSON.stringify(left.right.value);
    const message = `${literal} counts as false, so what follows || is always chosen; write a ? b : c`;
    this.say(left.left, message);
  }

  /**
   * Returns what of a value is of the kind that is needed, and reports the rest. Where paths may reach nothing, a
   * value that may be of another kind gives nothing.
   */
  need(
    node: Node,
    given: Shape,
    holds: (shape: Shape) => boolean,
    needs: string,
    {strict}: {readonly strict: boolean},
  ): Shape {
    if (given.kind === 'document') return anything;
    const good = kept(given, holds);
    const goods = optionsOf(good).length;
    const all = optionsOf(given).length;
    if (goods === all || (!strict && (goods > 0 || nothingIn(given) !== undefined))) return good;
    if (goods > 0 && optionsOf(something(given)).length === goods) {
      this.say(node, `${needs}, and this may be nothing; not_null(…, …) says what counts then`);
    } else {
      this.say(node, `${needs}, and this is ${shapeInWords(given)}`);
    }
    return goods === 0 ? anything : good;
  }

  /** Returns what of a value has members, and reports the rest. */
  owner(
    node: Node,
    name: string,
    given: Shape,
    holds: (shape: Shape) => boolean,
    place: {readonly strict: boolean},
  ): Shape {
    if (given.kind === 'document') return anything;
    const good = kept(given, holds);
    const goods = optionsOf(good).length;
    if (goods === optionsOf(given).length) return good;
    if (!place.strict && (goods > 0 || nothingIn(given) !== undefined)) return good;
    if (goods > 0 && optionsOf(something(given)).length === goods) {
      this.say(
        node,
        `${name} is asked of something that may be nothing; write optional(…), or not_null(…, …); of a list, [?@] leaves such items out`,
      );
    } else {
      this.say(node, `${name} is asked of ${shapeInWords(given)}, which has no members`);
    }
    return goods === 0 ? anything : good;
  }

  missing(node: Node, name: string, {message, suggestion}: Explanation): void {
    if (suggestion !== undefined || !this.#isQuotedAlone(node)) {
      this.say(node, message, suggestion);
      return;
    }
    this.say(
      node,
      `"${name}" names a member, for it is in double quotes; a text has single quotes: '${name}'`,
    );
  }

  /** Returns true if a name in double quotes begins a path. Other languages have a text there. */
  #isQuotedAlone(field: Node): boolean {
    const offset = this.#offsets.get(field);
    return offset !== undefined && this.#source[offset] === '"' && this.#source[offset - 1] !== '.';
  }

  variable(node: Node, name: string, variables: ReadonlyMap<string, Shape>): Shape {
    const shape = variables.get(name);
    if (shape !== undefined) return shape;
    const known = [...variables.keys()];
    const meant = closestName(name, known);
    const hint = `there are ${known.map((one) => `$${one}`).join(', ')}`;
    this.say(
      node,
      meant === undefined ? `$${name} is not known here; ${hint}` : `$${name} is not known here`,
      meant === undefined ? undefined : `$${meant}`,
    );
    return anything;
  }

  /** Reports a function that is not there, or that is called with too few or too many arguments. */
  call(node: Node, name: string, children: readonly Node[]): 'by key' | 'by value' | 'unknown' {
    const arity = arityOf(name);
    if (arity === undefined) {
      this.say(node, `there is no function ${name}()`, closestName(name, functionNames()));
      return 'unknown';
    }
    if (keyFunctions.includes(name)) {
      const right = children.length === 2 && children[1]?.type === 'ExpressionReference';
      if (!right) this.say(node, `${name}() takes a list and an &expression`);
      return 'by key';
    }
    if (children.length < arity[0] || children.length > arity[1]) {
      this.say(node, `${name}() takes ${argumentsWanted(arity)}, not ${children.length}`);
    }
    return 'by value';
  }

  noReference(node: Node, name: string): Shape {
    this.say(node, `${name}() takes no &expression here; write a projection such as list[].member`);
    return anything;
  }

  arguments(node: Node, name: string, shapes: readonly Shape[]): void {
    const wrong = wrongArgument(name, shapes);
    if (wrong !== undefined) this.say(node, wrong);
    if (!handsOn.has(name)) this.concealed(node, `${name}()`, shapes);
  }

  /** Reports a comparison with a sensitive value. Asking whether there is one is none: the stand-in tells that. */
  concealedSides(node: Node, left: Shape, right: Shape): void {
    const asks = [left, right].some((side) => optionsOf(side).every(({kind}) => kind === 'nothing'));
    if (!asks) this.concealed(node, 'a comparison', [left, right]);
  }

  /** Reports that a sensitive value of AWS is worked on: there is only a stand-in for it, so the result is untrue. */
  concealed(node: Node, by: string, shapes: readonly Shape[]): void {
    const name = shapes.map(concealedIn).find((found) => found !== undefined);
    if (name === undefined) return;
    this.say(node, `${name} is sensitive and its value is not kept: ${by} would work on a stand-in for it`);
  }

  /** Reports a text that is written out and is not the time or the duration that it has to be. */
  literals(node: Node, name: string, children: readonly Node[]): void {
    for (const [index, child] of children.entries()) {
      const value: unknown = child.type === 'Literal' ? child.value : undefined;
      if (typeof value !== 'string') continue;
      if (wantedAt(name, index) === 'duration' && durationOf(value) === undefined)
        this.say(node, noDuration(value));
      if (name === 'time' && timeOf(value) === undefined) this.say(node, noTime(value));
    }
  }

  badKey(name: string, key: Shape): string {
    return nothingIn(key) === undefined
      ? `${name}() needs a key that is a text or a number, not ${shapeInWords(key)}`
      : `${name}() needs a key that is there in every item: leave out the others with a filter`;
  }
}

/** Functions that give a value as it came: the engine finds the stand-in in it before a request goes out. */
const handsOn: ReadonlySet<string> = new Set(['optional', 'not_null', 'to_array', 'reverse', 'unique']);

/** The name of the sensitive member that a value, or an item of it, may be. */
function concealedIn(shape: Shape): string | undefined {
  const items = optionsOf(shape).flatMap((one) => (one.kind === 'list' ? optionsOf(itemOf(one)) : [one]));
  return [...optionsOf(shape), ...items].find(({concealed}) => concealed !== undefined)?.concealed;
}

/** The name that a mistake is best shown at: the last one of a path. */
function lastNamed(node: Node): Node {
  if (node.type === 'Subexpression' || node.type === 'Pipe' || node.type === 'IndexExpression') {
    const right = lastNamed(node.right);
    return 'name' in right ? right : lastNamed(node.left);
  }
  if (node.type === 'Projection' || node.type === 'FilterProjection') return lastNamed(node.left);
  return node.type === 'Flatten' ? lastNamed(node.child) : node;
}
