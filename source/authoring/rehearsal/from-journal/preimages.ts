import {isObject, membersOf, type Json} from '../../../data/json.ts';
import {isList, same, truthy} from '../../../runbook/expression/data.ts';
import {parseExpression, type Node} from '../../../runbook/expression/parse.ts';
import {argumentsFor} from './function-preimages.ts';
import {atIndex, flattened, isItself, one, type Make, type Part, type Parts} from './part-making.ts';
import {easiestFirst, isClosed, valueOf, type Names} from './parts.ts';

/** A projection, perhaps with a filter. */
type Projection = {readonly left: Node; readonly right: Node; readonly condition?: Node};

/**
 * Yields values of which an expression gives what is wanted, each checked by the evaluator. Nothing is yielded where
 * none can be made: of a length, a sum, or a filter by a member that is not kept. `seed` is a value to start from,
 * such as an earlier answer. Pure.
 */
export function* preimages(source: string, wanted: Json, names: Names, seed?: Json): Generator<Json, void> {
  const node = parseExpression(source);
  const search = new Search(names, leastFuel + fuelPerCharacter * JSON.stringify(wanted).length);
  for (const part of search.preimages(node, wanted, seed)) {
    const found = valueOf(node, part ?? {}, names, 'strict');
    if (found !== undefined && same(found, wanted)) yield part ?? {};
  }
}

/** Steps of a search: enough for each value that is wanted, and an end for one that finds nothing. */
const leastFuel = 5000;
const fuelPerCharacter = 50;

/**
 * A search for values. It goes from what is wanted of an expression to what is wanted of its parts, and takes nothing
 * for sure: what it yields may be wrong, and is checked at the end.
 */
class Search {
  readonly #names: Names;
  #fuel: number;

  constructor(names: Names, fuel: number) {
    this.#names = names;
    this.#fuel = fuel;
  }

  /** Values of which a part of an expression may give what is wanted, made of what there is of the value. */
  *preimages(node: Node, wanted: Json, given: Part): Parts {
    this.#fuel -= 1;
    if (this.#fuel < 0) return;
    if (isClosed(node)) {
      if (this.#gives(node, {}, wanted)) yield given;
      return;
    }
    if (given !== undefined && this.#gives(node, given, wanted)) return yield given;
    // Services leave out what is not there.
    if (wanted === null) yield given;
    if (wanted === null && node.type === 'Field') return;
    switch (node.type) {
      case 'Field':
      case 'Current':
      case 'Identity':
      case 'Index':
      case 'Slice':
      case 'Flatten':
        return yield* this.#within(node, given, () => one(wanted));
      case 'Subexpression':
      case 'Pipe':
      case 'IndexExpression':
        return yield* this.#within(node.left, given, (part) => this.preimages(node.right, wanted, part));
      case 'Projection':
      case 'FilterProjection':
        if (!isList(wanted)) return;
        return yield* this.#within(node.left, given, (list) => this.#lists(node, wanted, list));
      case 'MultiSelectList':
        if (isList(wanted) && wanted.length === node.children.length)
          yield* this.#all(
            easiestFirst(node.children.map((child, at) => [child, wanted[at] ?? null])),
            given,
          );
        return;
      case 'MultiSelectHash':
        if (isObject(wanted))
          yield* this.#all(
            easiestFirst(node.children.map(({name, value}) => [value, wanted[name] ?? null])),
            given,
          );
        return;
      case 'Function':
        return yield* this.#argumentsOf(node, wanted, given);
      default:
        return yield* this.#logic(node, wanted, given);
    }
  }

  /** Values of which a condition may hold. The last is what is given: the check decides. */
  *satisfying(node: Node, given: Part): Parts {
    if (given !== undefined && this.#holds(node, given)) return yield given;
    switch (node.type) {
      case 'AndExpression':
        for (const part of this.satisfying(node.left, given)) yield* this.satisfying(node.right, part);
        break;
      case 'OrExpression':
        yield* this.satisfying(node.left, given);
        yield* this.satisfying(node.right, given);
        break;
      case 'Comparator':
      case 'NotExpression':
        yield* this.preimages(node, true, given);
        break;
      case 'Function':
        yield* this.#containing(node, given);
        break;
    }
    yield given;
  }

  *#logic(node: Node, wanted: Json, given: Part): Parts {
    switch (node.type) {
      case 'OrExpression':
        yield* this.preimages(node.left, wanted, given);
        return yield* this.preimages(node.right, wanted, given);
      case 'AndExpression':
        for (const part of this.preimages(node.right, wanted, given)) yield* this.satisfying(node.left, part);
        return yield* this.preimages(node.left, wanted, given);
      case 'Ternary':
        for (const part of this.preimages(node.trueExpr, wanted, given))
          yield* this.satisfying(node.condition, part);
        return yield* this.preimages(node.falseExpr, wanted, given);
      case 'NotExpression':
        if (wanted === true) yield* this.preimages(node.child, false, given);
        else yield* this.satisfying(node.child, given);
        return yield given;
      case 'Comparator':
        if (wanted === (node.name === 'EQ') && (node.name === 'EQ' || node.name === 'NE'))
          yield* this.#equal(node.left, node.right, given);
        return yield given;
    }
  }

  /** Values of which two parts give the same, where one of the two is known. */
  *#equal(left: Node, right: Node, given: Part): Parts {
    for (const [known, other] of [
      [left, right],
      [right, left],
    ] as const) {
      const value = isClosed(known) ? valueOf(known, {}, this.#names, 'strict') : undefined;
      if (value !== undefined) yield* this.preimages(other, value, given);
    }
  }

  /** Values with a part that is one of a list that is known: `contains(['a', 'b'], name)`. */
  *#containing({name, children}: Extract<Node, {type: 'Function'}>, given: Part): Parts {
    const [list, part] = children;
    if (name !== 'contains' || list === undefined || part === undefined || !isClosed(list)) return;
    const known = valueOf(list, {}, this.#names, 'strict');
    for (const item of isList(known ?? null) ? (known as readonly Json[]) : [])
      yield* this.preimages(part, item, given);
  }

  *#argumentsOf({name, children}: Extract<Node, {type: 'Function'}>, wanted: Json, given: Part): Parts {
    if (name === 'contains' && wanted === true)
      yield* this.#containing({type: 'Function', name, children}, given);
    const known = children.map((child) =>
      isClosed(child) ? valueOf(child, {}, this.#names, 'strict') : undefined,
    );
    for (const values of argumentsFor(name, wanted, known, children)) {
      const pairs = children.flatMap((child, at): (readonly [Node, Json])[] => {
        const value = values[at];
        return value === undefined ? [] : [[child, value]];
      });
      yield* this.#all(pairs, given);
    }
    yield given;
  }

  /** Values of which every one of some parts may give what is wanted of it. */
  *#all(pairs: readonly (readonly [Node, Json])[], given: Part): Parts {
    const [first, ...rest] = pairs;
    if (first === undefined) return yield given;
    const [node, wanted] = first;
    for (const part of this.preimages(node, wanted, given)) yield* this.#all(rest, part);
  }

  /** Values with another part at the place that a path leads to. */
  *#within(node: Node, given: Part, make: Make): Parts {
    switch (node.type) {
      case 'Current':
      case 'Identity':
        return yield* make(given);
      case 'Field':
        if (given !== undefined && !isObject(given)) return;
        for (const part of make(membersOf(given)[node.name]))
          yield {...membersOf(given), [node.name]: part ?? {}};
        return;
      case 'Index':
        return yield* atIndex(node.value, given, make);
      case 'Slice':
        for (const part of make(given)) {
          yield part;
          if (isList(part ?? null)) yield (part as readonly Json[]).toReversed();
        }
        return;
      case 'Subexpression':
      case 'Pipe':
      case 'IndexExpression':
        return yield* this.#within(node.left, given, (part) => this.#within(node.right, part, make));
      case 'Flatten': {
        // A list of lists comes from a projection.
        const nests = node.child.type === 'Projection' || node.child.type === 'FilterProjection';
        return yield* this.#within(node.child, given, (part) => flattened(part, make, nests));
      }
      case 'FilterProjection':
        if (!isItself(node.right)) break;
        return yield* this.#within(node.left, given, (list) => this.#filtered(node.condition, list, make));
      case 'OrExpression':
        yield* this.#within(node.left, given, make);
        return yield* this.#within(node.right, given, make);
      case 'Function':
        if (node.name !== 'optional' && node.name !== 'not_null') break;
        for (const child of node.children) yield* this.#within(child, given, make);
        return;
    }
    for (const part of make(undefined)) if (part !== undefined) yield* this.preimages(node, part, given);
  }

  /** Lists whose items of which a condition holds are made. */
  *#filtered(condition: Node, list: Part, make: Make): Parts {
    const there = isList(list ?? null) ? (list as readonly Json[]) : undefined;
    for (const part of make(there?.filter((item) => this.#holds(condition, item)))) {
      if (!isList(part ?? null)) continue;
      const items = (part as readonly Json[]).map(
        (item) => this.satisfying(condition, item).next().value ?? item,
      );
      yield [...items, ...(there ?? []).filter((item) => !this.#holds(condition, item))];
    }
  }

  /** Lists of which a projection may give what is wanted, made of the list that is there, if any. */
  *#lists(node: Projection, wanted: readonly Json[], list: Part): Parts {
    if (list === undefined) {
      const items = this.#items(node, wanted, []);
      if (items !== undefined) yield items;
    }
    if (!isList(list ?? null)) return;
    const there = list as readonly Json[];
    const chosen = this.#chosen(node, wanted, there);
    if (chosen !== undefined) yield chosen;
    const completed = there.length === wanted.length ? this.#items(node, wanted, there) : undefined;
    if (completed !== undefined) yield completed;
    const more = this.#items(node, wanted, []);
    if (more !== undefined) yield [...there, ...more];
  }

  /** An item for each one that is wanted, made of the ones that are there. */
  #items(node: Projection, wanted: readonly Json[], there: readonly Json[]): readonly Json[] | undefined {
    const items: Json[] = [];
    for (const [at, one] of wanted.entries()) {
      const item = this.#item(node, one, there[at]);
      if (item === undefined) return undefined;
      items.push(item);
    }
    return items;
  }

  #item({right, ...node}: Projection, wanted: Json, there: Part): Part {
    let second: Part;
    for (const part of this.preimages(right, wanted, there)) {
      for (const made of 'condition' in node ? this.satisfying(node.condition, part) : one(part)) {
        const item = made ?? {};
        if (this.#isItem({right, ...node}, item, wanted, 'strict')) return item;
        if (second === undefined && this.#isItem({right, ...node}, item, wanted, 'lenient')) second = item;
      }
    }
    return second;
  }

  /** The items of a list that give what is wanted, in their order. */
  #chosen(node: Projection, wanted: readonly Json[], there: readonly Json[]): readonly Json[] | undefined {
    const items: Json[] = [];
    for (const item of there) {
      const next = wanted[items.length];
      if (next !== undefined && this.#isItem(node, item, next, 'strict')) items.push(item);
    }
    return items.length === wanted.length ? items : undefined;
  }

  #isItem(node: Projection, item: Json, wanted: Json, strictness: 'strict' | 'lenient'): boolean {
    if ('condition' in node && !truthy(valueOf(node.condition, item, this.#names, strictness) ?? null))
      return false;
    const found = valueOf(node.right, item, this.#names, strictness);
    return found !== undefined && same(found, wanted);
  }

  #gives(node: Node, value: Json, wanted: Json): boolean {
    const found = valueOf(node, value, this.#names, 'strict');
    return found !== undefined && same(found, wanted);
  }

  #holds(node: Node, value: Json): boolean {
    return truthy(valueOf(node, value, this.#names, 'strict') ?? null);
  }
}
