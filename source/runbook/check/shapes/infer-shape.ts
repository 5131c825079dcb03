import {defined} from '../../../data/defined.ts';
import {closestName} from '../../../text/closest-name.ts';
import {arityOf, argumentsWanted, functionNames, keyFunctions} from '../../expression/functions.ts';
import {nameOffsets} from '../../expression/offsets.ts';
import {parseExpression, type Node} from '../../expression/parse.ts';
import type {Shape} from '../../operation.ts';
import {
  anything,
  boolean,
  either,
  isText,
  listOf,
  missingFrom,
  number,
  objectOf,
  shapeInWords,
  text,
} from './shapes.ts';
import {functionShape, wrongArgument} from './function-shapes.ts';

/** Reach of an expression, by shape alone. */
export interface ShapeScope {
  readonly root: Shape;
  readonly variables: ReadonlyMap<string, Shape>;
}

/** A path or a call that cannot work, with its place in the expression's text where that is known. */
export interface Complaint {
  readonly message: string;
  readonly suggestion?: string;
  readonly offset: number;
}

/**
 * Returns the shape of an expression's result and every path in it that cannot exist. An uncertain shape is
 * `anything`, about which nothing is reported. Throws ExpressionError when the text does not parse.
 */
export function inferShape(
  source: string,
  scope: ShapeScope,
  complain: (complaint: Complaint) => void,
): Shape {
  const node = parseExpression(source);
  return new Inference(source, scope, complain).visit(node, scope.root, scope.variables);
}

type Variables = ReadonlyMap<string, Shape>;

class Inference {
  readonly #source: string;
  readonly #scope: ShapeScope;
  readonly #offsets: ReadonlyMap<Node, number>;
  readonly #complain: (complaint: Complaint) => void;

  constructor(source: string, scope: ShapeScope, complain: (complaint: Complaint) => void) {
    this.#source = source;
    this.#scope = scope;
    this.#offsets = nameOffsets(source);
    this.#complain = complain;
  }

  visit(node: Node, at: Shape, variables: Variables): Shape {
    switch (node.type) {
      case 'Field':
        return this.#field(node, node.name, at);
      case 'Literal':
        return shapeOfValue(node.value);
      case 'Current':
      case 'Identity':
        return at;
      case 'Root':
        return this.#scope.root;
      case 'Variable':
        return this.#variable(node, node.name, variables);
      case 'Subexpression':
      case 'Pipe':
      case 'IndexExpression':
        return this.visit(node.right, this.#visitPath(node.left, at, variables), variables);
      case 'Index':
        return this.#itemOf(node, at, 'an index');
      case 'Slice':
        return listOf(this.#itemOf(node, at, 'a slice'));
      case 'Projection': {
        const item = this.#itemOf(node.left, this.#visitPath(node.left, at, variables), 'a projection');
        return listOf(this.visit(node.right, item, variables));
      }
      case 'FilterProjection': {
        const item = this.#itemOf(node.left, this.#visitPath(node.left, at, variables), 'a filter');
        this.visit(node.condition, item, variables);
        return listOf(this.visit(node.right, item, variables));
      }
      case 'ValueProjection': {
        const base = this.#visitPath(node.left, at, variables);
        return listOf(
          this.visit(node.right, base.kind === 'map' ? (base.item() ?? anything) : anything, variables),
        );
      }
      case 'Flatten': {
        const item = this.#itemOf(node.child, this.#visitPath(node.child, at, variables), '[]');
        return listOf(item.kind === 'list' ? (item.item() ?? anything) : item);
      }
      case 'Comparator':
        this.visit(node.left, at, variables);
        this.visit(node.right, at, variables);
        return boolean;
      case 'OrExpression':
      case 'AndExpression':
        return either(this.visit(node.left, at, variables), this.visit(node.right, at, variables));
      case 'NotExpression':
        this.visit(node.child, at, variables);
        return boolean;
      case 'Ternary':
        this.visit(node.condition, at, variables);
        return either(this.visit(node.trueExpr, at, variables), this.visit(node.falseExpr, at, variables));
      case 'MultiSelectList': {
        const items = node.children.map((child) => this.visit(child, at, variables));
        return listOf(items.length === 0 ? anything : items.reduce(either));
      }
      case 'MultiSelectHash':
        return objectOf(
          node.children.map(({name, value}) => [name, this.visit(value, at, variables)] as const),
        );
      case 'Arithmetic':
        this.visit(node.left, at, variables);
        this.visit(node.right, at, variables);
        return number;
      case 'Unary':
        this.visit(node.operand, at, variables);
        return number;
      case 'LetExpression': {
        const bound = node.bindings.map(
          ({variable, reference}) => [variable, this.visit(reference, at, variables)] as const,
        );
        return this.visit(node.expression, at, new Map([...variables, ...bound]));
      }
      case 'Function':
        return this.#call(node, node.name, node.children, at, variables);
      default:
        return anything;
    }
  }

  /** The shape of a path's beginning. `!a.b` is `(!a).b`: JMESPath's `!` binds closer than a path goes on. */
  #visitPath(start: Node, at: Shape, variables: Variables): Shape {
    const shape = this.visit(start, at, variables);
    if (start.type !== 'NotExpression') return shape;
    this.#say(start.child, '! takes the name after it alone, not the whole path; write !(a.b) for !a.b');
    return anything;
  }

  #say(node: Node, message: string, suggestion?: string): void {
    const offset = this.#offsets.get(lastNamed(node)) ?? 0;
    this.#complain({message, offset, ...defined({suggestion})});
  }

  #field(node: Node, name: string, at: Shape): Shape {
    if (at.kind === 'document') return anything;
    if (at.kind === 'map') return at.item() ?? anything;
    if (at.kind === 'list') {
      this.#say(node, `${name} is asked of a list; write [].${name} for every item's, or [0].${name}`);
      return anything;
    }
    if (at.kind !== 'structure') {
      this.#say(node, `${name} is asked of ${shapeInWords(at)}, which has no members`);
      return anything;
    }
    const member = at.members().get(name);
    if (member !== undefined) return member.shape;
    const {message, suggestion} = missingFrom(at, name);
    if (suggestion === undefined && this.#isQuotedAlone(node)) {
      this.#say(
        node,
        `"${name}" names a member, for it is in double quotes; a text has single quotes: '${name}'`,
      );
    } else {
      this.#say(node, message, suggestion);
    }
    return anything;
  }

  /** Returns true if a name in double quotes begins a path. Other languages have a text there. */
  #isQuotedAlone(field: Node): boolean {
    const offset = this.#offsets.get(field);
    return offset !== undefined && this.#source[offset] === '"' && this.#source[offset - 1] !== '.';
  }

  #variable(node: Node, name: string, variables: Variables): Shape {
    const shape = variables.get(name);
    if (shape !== undefined) return shape;
    const known = [...variables.keys()];
    const meant = closestName(name, known);
    const hint = `there are ${known.map((one) => `$${one}`).join(', ')}`;
    this.#say(
      node,
      meant === undefined ? `$${name} is not known here; ${hint}` : `$${name} is not known here`,
      meant === undefined ? undefined : `$${meant}`,
    );
    return anything;
  }

  #itemOf(node: Node, at: Shape, what: string): Shape {
    if (at.kind === 'list') return at.item() ?? anything;
    if (at.kind !== 'document') this.#say(node, `${what} needs a list, and this is ${shapeInWords(at)}`);
    return anything;
  }

  #call(node: Node, name: string, children: readonly Node[], at: Shape, variables: Variables): Shape {
    const arity = arityOf(name);
    if (arity === undefined) {
      this.#say(node, `there is no function ${name}()`, closestName(name, functionNames()));
      for (const child of children) this.visit(child, at, variables);
      return anything;
    }
    if (children.length < arity[0] || children.length > arity[1]) {
      this.#say(node, `${name}() takes ${argumentsWanted(arity)}, not ${children.length}`);
    }
    if (keyFunctions.includes(name)) return this.#callByKey(node, name, children, at, variables);
    const shapes = children.map((child) => {
      if (child.type !== 'ExpressionReference') return this.visit(child, at, variables);
      this.#say(node, `${name}() takes no &expression here; write a projection such as list[].member`);
      return anything;
    });
    const wrong = wrongArgument(name, shapes);
    if (wrong !== undefined) this.#say(node, wrong);
    return functionShape(name, shapes);
  }

  #callByKey(node: Node, name: string, children: readonly Node[], at: Shape, variables: Variables): Shape {
    const [first, second] = children;
    if (first === undefined || second?.type !== 'ExpressionReference') {
      this.#say(node, `${name}() takes a list and an &expression`);
      return anything;
    }
    const list = this.visit(first, at, variables);
    const item = this.#itemOf(first, list, `${name}()`);
    const key = this.visit(second.child, item, variables);
    if (key.kind !== 'document' && key.kind !== 'number' && !isText(key)) {
      this.#say(node, `${name}() needs a key that is a text or a number, not ${shapeInWords(key)}`);
    }
    if (name === 'group_by') return {...objectOf([]), kind: 'map', item: () => listOf(item)};
    return name === 'sort_by' ? listOf(item) : item;
  }
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

function shapeOfValue(value: unknown): Shape {
  if (typeof value === 'string') return text;
  if (typeof value === 'number') return number;
  if (typeof value === 'boolean') return boolean;
  if (Array.isArray(value)) {
    const items = value.map(shapeOfValue);
    return listOf(items.length === 0 ? anything : items.reduce(either));
  }
  return anything;
}
