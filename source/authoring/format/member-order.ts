import {isMap, isScalar, isSeq, type Pair, type YAMLMap} from 'yaml';

/** The part of a JSON Schema that says which members an object has, in their order. */
interface Shape {
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly additionalProperties?: Shape | boolean;
  readonly items?: Shape;
  readonly anyOf?: readonly Shape[];
  readonly oneOf?: readonly Shape[];
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Shape>>;
}

/** Place of an object: the whole file, an entry of a list, or the value of a member. */
type Place = 'root' | 'entry' | 'member';

/** Puts the members of each object into the order of the language. Names that authors choose keep theirs. */
export function orderMembers(node: unknown, schema: object): void {
  const root = schema as Shape;
  order(node, [root], root, 'root');
}

function order(node: unknown, shapes: readonly Shape[], root: Shape, as: Place = 'member'): void {
  const all = shapes.flatMap((shape) => variantsOf(shape, root));
  if (isSeq(node)) {
    const items = all.flatMap(({items: item}) => item ?? []);
    for (const item of node.items) order(item, items, root, 'entry');
  }
  if (!isMap(node)) return;
  sortMembers(node, bestOrder(node, all), as);
  for (const pair of node.items) {
    const name = nameOf(pair);
    order(
      pair.value,
      all.flatMap(({properties, additionalProperties: other}) => {
        const member = properties?.[name] ?? (typeof other === 'object' ? other : undefined);
        return member === undefined ? [] : [member];
      }),
      root,
    );
  }
}

/** The members of the variant that has most of an object's. */
function bestOrder(node: YAMLMap, shapes: readonly Shape[]): readonly string[] {
  const names = node.items.map(nameOf);
  const orders = shapes.map(({properties = {}}) => Object.keys(properties));
  const known = (one: readonly string[]): number => names.filter((name) => one.includes(name)).length;
  return orders.reduce((best, one) => (known(one) > known(best) ? one : best), []);
}

function sortMembers(node: YAMLMap, names: readonly string[], as: Place): void {
  const rank = (pair: Pair): number => {
    const at = names.indexOf(nameOf(pair));
    return at < 0 ? names.length : at;
  };
  const sorted = node.items.toSorted((a, b) => rank(a) - rank(b));
  const [first] = node.items;
  if (sorted.every((pair, at) => pair === node.items[at])) return;
  const key = sorted[0]?.key;
  const leaves = first !== sorted[0];
  // A comment above the first member is the object's to the library; it belongs to the member.
  if (leaves && as === 'member' && typeof node.commentBefore === 'string' && isScalar(first?.key)) {
    first.key.commentBefore = node.commentBefore;
    node.commentBefore = null;
  }
  // The head of a file stays its head.
  if (
    leaves &&
    as === 'root' &&
    isScalar(first?.key) &&
    isScalar(key) &&
    typeof first.key.commentBefore === 'string'
  ) {
    key.commentBefore = [first.key.commentBefore, key.commentBefore]
      .filter((one) => typeof one === 'string')
      .join('\n');
    first.key.commentBefore = null;
  }
  node.items = sorted;
  if (isScalar(key)) key.spaceBefore = false;
}

function nameOf({key}: Pair): string {
  return isScalar(key) ? String(key.value) : '';
}

/** A shape with those that it may be instead. A name stands for the shape of that name. */
function variantsOf(shape: Shape, root: Shape): readonly Shape[] {
  const named = root.$defs?.[shape.$ref?.replace('#/$defs/', '') ?? ''];
  const others = [...(named === undefined ? [] : [named]), ...(shape.anyOf ?? []), ...(shape.oneOf ?? [])];
  return [shape, ...others.flatMap((one) => variantsOf(one, root))];
}
