import {nameOffsets} from '../../expression/offsets.ts';
import {parseExpression, type Node} from '../../expression/parse.ts';
import {askingFunctions, chosenFromList, wantedAt} from '../../expression/signatures.ts';
import {clockFunctions} from '../../expression/time-functions.ts';
import type {Shape} from '../../operation.ts';
import {Complaints, type Complaint} from './complaints.ts';
import {factsOf, keyOf, noFacts, pathOf, withFacts} from './facts.ts';
import {functionShape, isKeyShape, ofList, valuesIn} from './function-shapes.ts';
import {
  elsewhere,
  inFilter,
  inside,
  insisting,
  isSlice,
  ofPresent,
  type Place,
  type ShapeScope,
} from './place.ts';
import {literalShape} from './literal-shape.ts';
import {compareShapes, orderShapes} from './operator-shapes.ts';
import {memberShape} from './member-shape.ts';
import {
  anything,
  boolean,
  isObjectShape,
  isText,
  listOf,
  mapOf,
  number,
  objectOf,
  type Nothing,
} from './shapes.ts';
import {falsy, itemOf, nothingIn, optionsOf, something, truthy, tupleOf, union} from './unions.ts';

/**
 * Returns the shape of an expression's result, and every part of it that cannot work on data of these shapes. An
 * uncertain shape is `anything`, about which nothing is reported. Throws ExpressionError when the text does not parse.
 */
export function inferShape(
  source: string,
  scope: ShapeScope,
  complain: (complaint: Complaint) => void,
): Shape {
  const node = parseExpression(source);
  const strict = scope.lenient !== true;
  const {root, variables, facts = noFacts, noClock} = scope;
  const inference = new Inference(new Complaints(source, nameOffsets(source), complain), root);
  const place = {variables, facts, prefix: '', strict, strictOutside: strict, noClock};
  return inference.visit(node, root, place);
}

class Inference {
  readonly #complaints: Complaints;
  readonly #root: Shape;

  constructor(complaints: Complaints, root: Shape) {
    this.#complaints = complaints;
    this.#root = root;
  }

  visit(node: Node, at: Shape, place: Place): Shape {
    const shape = this.#refined(node, this.#shape(node, at, place), place);
    const why = place.strict ? (nothingIn(shape) as Nothing | undefined)?.why : undefined;
    if (why === undefined) return shape;
    this.#complaints.say(node, `${why}; write optional(…) around the path, or not_null(…, …)`);
    return something(shape);
  }

  #refined(node: Node, shape: Shape, {facts, prefix}: Place): Shape {
    if (facts.size === 0) return shape;
    const path = pathOf(node);
    return path === undefined ? shape : (facts.get(keyOf(path, prefix))?.(shape) ?? shape);
  }

  #shape(node: Node, at: Shape, place: Place): Shape {
    switch (node.type) {
      case 'Field':
        return memberShape(this.#complaints, node, at, place);
      case 'Literal':
        return literalShape(node.value);
      case 'Current':
      case 'Identity':
        return at;
      case 'Root':
        return this.#root;
      case 'Variable':
        return this.#complaints.variable(node, node.name, place.variables);
      case 'Subexpression':
      case 'Pipe':
      case 'IndexExpression':
        return this.visit(node.right, this.#visitPath(node.left, at, place), this.#within(node, place));
      case 'Index':
        return this.#index(node, at, place);
      case 'Slice':
        return this.#slice(node, at, place);
      case 'Projection':
      case 'FilterProjection':
        return this.#projection(node, at, place);
      case 'ValueProjection': {
        const base = this.#visitPath(node.left, at, place);
        const found = this.#complaints.need(
          node.left,
          base,
          isObjectShape,
          'a projection of values needs an object',
          place,
        );
        return inside(
          base,
          listOf(something(this.visit(node.right, valuesIn(found), elsewhere(place)))),
          place,
        );
      }
      case 'Flatten': {
        const base = this.#visitPath(node.child, at, place);
        const item = this.#items(node.child, base, '[]', place);
        const flat = optionsOf(item).map((one) => (one.kind === 'list' ? itemOf(one) : one));
        return inside(base, listOf(union(...flat)), place);
      }
      case 'Comparator':
        return this.#comparator(node, at, place);
      case 'OrExpression': {
        this.#complaints.neverChosen(node.left);
        const left = this.#condition(node.left, at, {...place, strict: false});
        return union(truthy(left), this.#where(node.left, false, node.right, at, place));
      }
      case 'AndExpression': {
        const left = this.#condition(node.left, at, place);
        return union(falsy(left), this.#where(node.left, true, node.right, at, place));
      }
      case 'NotExpression':
        this.#condition(node.child, at, place);
        return boolean;
      case 'Ternary':
        this.#condition(node.condition, at, place);
        return union(
          this.#where(node.condition, true, node.trueExpr, at, place),
          this.#where(node.condition, false, node.falseExpr, at, place),
        );
      case 'MultiSelectList': {
        const items = node.children.map((child) => this.visit(child, something(at), place));
        return ofPresent(at, tupleOf(items));
      }
      case 'MultiSelectHash': {
        const members = node.children.map(
          ({name, value}) => [name, this.visit(value, something(at), place)] as const,
        );
        return ofPresent(at, objectOf(members));
      }
      case 'Arithmetic':
        this.#number(node.left, at, place);
        this.#number(node.right, at, place);
        return number;
      case 'Unary':
        this.#number(node.operand, at, place);
        return number;
      case 'LetExpression': {
        const bound = node.bindings.map(
          ({variable, reference}) => [variable, this.visit(reference, at, place)] as const,
        );
        const variables = new Map([...place.variables, ...bound]);
        return this.visit(node.expression, at, {...place, variables});
      }
      case 'Function':
        return this.#call(node, at, place);
      default:
        return anything;
    }
  }

  /** The shape of a path's beginning. `!a.b` is `(!a).b`: JMESPath's `!` binds closer than a path goes on. */
  #visitPath(start: Node, at: Shape, place: Place): Shape {
    const shape = this.visit(start, at, place);
    if (start.type !== 'NotExpression') return shape;
    this.#complaints.negatedPath(start.child);
    return anything;
  }

  /** Where the rest of a path is worked out. */
  #within({type, left}: {readonly type: string; readonly left: Node}, place: Place): Place {
    const path = type === 'Pipe' ? undefined : pathOf(left);
    if (path === undefined || place.facts.size === 0) return elsewhere(place);
    const between = type === 'Subexpression' ? '.' : '';
    return {...place, prefix: `${keyOf(path, place.prefix)}${between}`};
  }

  #items(node: Node, at: Shape, what: string, place: Place): Shape {
    const lists = this.#complaints.need(node, at, ({kind}) => kind === 'list', `${what} needs a list`, place);
    return union(...optionsOf(lists).map(itemOf));
  }

  #index(node: Extract<Node, {type: 'Index'}>, at: Shape, place: Place): Shape {
    const known = at.positions?.at(node.value);
    return known ?? this.#chosen(node, this.#items(node, at, 'an index', place), place);
  }

  /** The shape of an item of a list, which may be empty. */
  #chosen(node: Node, item: Shape, {strict}: Place): Shape {
    if (strict && optionsOf(item).length === 0) this.#complaints.say(node, 'this list never has an item');
    return ofList(item, strict);
  }

  #slice(node: Node, at: Shape, place: Place): Shape {
    const found = this.#complaints.need(
      node,
      at,
      (one) => one.kind === 'list' || isText(one),
      'a slice needs a list or a text',
      place,
    );
    return inside(at, found, place);
  }

  #projection(
    node: {readonly left: Node; readonly right: Node; readonly condition?: Node},
    at: Shape,
    place: Place,
  ): Shape {
    const base = this.#visitPath(node.left, at, place);
    // A slice of a text is a text; what follows is about the text, not about its parts.
    if (isText(base) && isSlice(node.left)) return this.visit(node.right, base, elsewhere(place));
    const {condition} = node;
    const what = condition === undefined ? 'a projection' : 'a filter';
    const item = this.#items(node.left, base, what, place);
    const inItem = elsewhere(place);
    if (condition === undefined)
      return inside(base, listOf(something(this.visit(node.right, item, inItem))), place);
    this.#condition(condition, item, inFilter(inItem));
    const right = this.#where(condition, true, node.right, item, inItem);
    return inside(base, listOf(something(right)), place);
  }

  /** The shape of a part that is worked out where a condition holds, or where it does not. */
  #where(condition: Node, holds: boolean, part: Node, at: Shape, place: Place): Shape {
    const facts = factsOf(condition, holds, place.prefix);
    const here = facts.get(keyOf('@', place.prefix))?.(at) ?? at;
    return this.visit(part, here, {...place, facts: withFacts(place.facts, facts)});
  }

  /** The shape of a condition. A number is none: JMESPath counts 0 as true. */
  #condition(node: Node, at: Shape, place: Place): Shape {
    const shape = this.visit(node, at, place);
    const options = optionsOf(shape);
    if (options.length > 0 && options.every(({kind}) => kind === 'number')) {
      this.#complaints.say(node, 'a number always counts as true, 0 too; compare it, such as with > `0`');
    }
    return shape;
  }

  #comparator(node: Extract<Node, {type: 'Comparator'}>, at: Shape, place: Place): Shape {
    const isEquality = node.name === 'EQ' || node.name === 'NE';
    const side = isEquality ? place : insisting(place);
    const left = this.visit(node.left, at, side);
    const right = this.visit(node.right, at, side);
    const wrong = isEquality ? compareShapes(left, right) : orderShapes(left, right);
    if (wrong !== undefined) this.#complaints.say(node.left, wrong);
    this.#complaints.concealedSides(node, left, right);
    return boolean;
  }

  #number(node: Node, at: Shape, place: Place): void {
    const shape = this.visit(node, at, insisting(place));
    const isTime = optionsOf(shape).some(({kind}) => kind === 'timestamp');
    const needs = `arithmetic needs numbers${isTime ? '; later(…) and earlier(…) shift a time' : ''}`;
    this.#complaints.need(node, shape, ({kind}) => kind === 'number', needs, {strict: true});
  }

  #call(node: Extract<Node, {type: 'Function'}>, at: Shape, place: Place): Shape {
    const {name, children} = node;
    const known = this.#complaints.call(node, name, children);
    if (known === 'by key') return this.#callByKey(node, at, place);
    const lenient = askingFunctions.has(name) ? {...place, strict: false} : place;
    const shapes = children.map((child, index) => {
      if (child.type === 'ExpressionReference') return this.#complaints.noReference(node, name);
      return this.visit(child, at, wantedAt(name, index) === 'anything' ? lenient : insisting(place));
    });
    if (known === 'unknown') return anything;
    if (place.noClock !== undefined && clockFunctions.has(name))
      this.#complaints.say(node, `${name}() ${place.noClock.why}`);
    this.#complaints.arguments(node, name, shapes);
    this.#complaints.literals(node, name, children);
    const shape = functionShape(name, shapes, place.strict);
    return chosenFromList.has(name) ? this.#chosen(node, shape, place) : shape;
  }

  #callByKey(node: Extract<Node, {type: 'Function'}>, at: Shape, place: Place): Shape {
    const {name} = node;
    const [first, second] = node.children;
    if (first === undefined || second?.type !== 'ExpressionReference') return anything;
    const list = this.visit(first, at, insisting(place));
    const item = this.#items(first, list, `${name}()`, {...place, strict: true});
    const key = this.visit(second.child, item, {...elsewhere(place), strict: true, strictOutside: true});
    this.#complaints.concealed(node, `${name}()`, [key]);
    if (!isKeyShape(key)) this.#complaints.say(node, this.#complaints.badKey(name, key));
    if (name === 'group_by') return mapOf(() => listOf(item));
    return name === 'sort_by' ? listOf(item) : this.#chosen(node, item, place);
  }
}
