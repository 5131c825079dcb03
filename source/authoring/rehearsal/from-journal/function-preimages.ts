import {isObject, type Json, type JsonObject} from '../../../data/json.ts';
import {isList, same} from '../../../runbook/expression/data.ts';
import type {Node} from '../../../runbook/expression/parse.ts';

/** What is wanted of each argument of a function. Undefined: nothing, or it is known. */
type Wanted = readonly (Json | undefined)[];

/** Functions that give again what they have given: that is tried as their first argument. */
// prettier-ignore
const repeatable = new Set([
  'abs', 'ceil', 'floor', 'lower', 'optional', 'sort', 'sort_by', 'time', 'to_array', 'to_number', 'to_string', 'trim',
  'trim_left', 'trim_right', 'unique', 'upper',
]);

/**
 * Arguments of which a function may give what is wanted, in the order in which they are worth a try. `known`: the values
 * of the arguments that are the same for any answer. Returns none where nothing can be told.
 */
export function argumentsFor(
  name: string,
  wanted: Json,
  known: Wanted,
  nodes: readonly Node[],
): readonly Wanted[] {
  const others = repeatable.has(name) ? [[wanted]] : [];
  return [...others, ...inverted(name, wanted, known, nodes)];
}

function inverted(name: string, wanted: Json, known: Wanted, nodes: readonly Node[]): readonly Wanted[] {
  switch (name) {
    case 'not_null':
      return nodes.map((_, at) => onlyAt(at, wanted));
    case 'merge':
      return isObject(wanted) ? [merged(wanted, known, nodes)] : [];
    case 'join':
      return joined(wanted, known, nodes[1]);
    case 'split':
      return isTexts(wanted) && typeof known[1] === 'string' ? [[wanted.join(known[1])]] : [];
    case 'to_string':
      return parsed(wanted).map((value) => [value]);
    case 'to_number':
      return typeof wanted === 'number' ? [[String(wanted)]] : [];
    case 'to_array':
      return isList(wanted) && wanted.length === 1 ? [[wanted[0]]] : [];
    case 'parse_json':
      return [[JSON.stringify(wanted)]];
    case 'from_url':
      return typeof wanted === 'string' ? [[encodeURIComponent(wanted)]] : [];
    case 'from_items':
      return isObject(wanted) ? [[Object.entries(wanted)]] : [];
    case 'items':
      return isPairs(wanted) ? [[Object.fromEntries(wanted)]] : [];
    case 'reverse':
      if (typeof wanted === 'string') return [[[...wanted].toReversed().join('')]];
      return isList(wanted) ? [[wanted.toReversed()]] : [];
    case 'length':
      return wanted === 0 ? [[[]], ['']] : [];
    case 'max':
    case 'max_by':
    case 'min':
    case 'min_by':
      return [[[wanted]]];
    default:
      return [];
  }
}

/** Members that an object in braces has come from there; the rest comes from the other arguments. */
function merged(wanted: JsonObject, known: Wanted, nodes: readonly Node[]): Wanted {
  const said = new Set(
    nodes.flatMap((node, at) =>
      node.type === 'MultiSelectHash'
        ? node.children.map((pair) => pair.name)
        : // What a known object has is its own where it is as wanted.
          Object.entries(isObject(known[at]) ? known[at] : {}).flatMap(([member, value]) =>
            same(wanted[member] ?? null, value) ? [member] : [],
          ),
    ),
  );
  return nodes.map((node, at) => {
    if (known[at] !== undefined) return undefined;
    const own = node.type === 'MultiSelectHash' ? new Set(node.children.map((pair) => pair.name)) : undefined;
    return Object.fromEntries(
      Object.entries(wanted).filter(([member]) => (own === undefined ? !said.has(member) : own.has(member))),
    );
  });
}

/** Texts that join to one. Where their number is known, what is left over belongs to the last. */
function joined(wanted: Json, [separator]: Wanted, list: Node | undefined): readonly Wanted[] {
  if (typeof wanted !== 'string' || typeof separator !== 'string') return [];
  const texts = separator === '' ? [...wanted] : wanted.split(separator);
  const count = list?.type === 'MultiSelectList' ? list.children.length : texts.length;
  const last = texts.slice(count - 1).join(separator);
  const fitting = texts.length > count ? [...texts.slice(0, count - 1), last] : texts;
  return [[undefined, fitting]];
}

function parsed(text: Json): readonly Json[] {
  if (typeof text !== 'string') return [];
  try {
    return [JSON.parse(text) as Json];
  } catch {
    return [];
  }
}

function onlyAt(at: number, wanted: Json): Wanted {
  return [...Array.from<undefined>({length: at}), wanted];
}

function isTexts(value: Json): value is readonly string[] {
  return isList(value) && value.every((item) => typeof item === 'string');
}

function isPairs(value: Json): value is readonly (readonly [string, Json])[] {
  return (
    isList(value) && value.every((item) => isList(item) && item.length === 2 && typeof item[0] === 'string')
  );
}
