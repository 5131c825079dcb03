import type {Json} from '../../../data/json.ts';
import {isList} from '../../../runbook/expression/data.ts';
import type {Node} from '../../../runbook/expression/parse.ts';

/** A value that is being made. Undefined: nothing is known of it yet. */
export type Part = Json | undefined;
export type Parts = Generator<Part, void>;

/** Makes a value of what there is of it. */
export type Make = (part: Part) => Parts;

/** Yields one value. */
export function* one(part: Part): Parts {
  yield part;
}

/** Lists with another item at an index. */
export function* atIndex(index: number, given: Part, make: Make): Parts {
  const list = given ?? [];
  if (!isList(list)) return;
  const at = index < 0 ? Math.max(list.length + index, 0) : index;
  // What stands before it is not known.
  if (at > list.length || (index < -1 && list.length === 0)) return;
  for (const part of make(list[at])) yield [...list.slice(0, at), part ?? {}, ...list.slice(at + 1)];
}

/** Returns true if a part of an expression gives the value that it is worked out on. */
export function isItself({type}: Node): boolean {
  return type === 'Identity' || type === 'Current';
}

/** Lists that flatten to what is made: as they are, as one list of lists, and as a list for each item. */
export function* flattened(list: Part, make: Make, nests: boolean): Parts {
  for (const part of make(isList(list ?? null) ? (list as readonly Json[]).flat() : undefined)) {
    if (!isList(part ?? null)) continue;
    const items = part as readonly Json[];
    const ways: readonly Json[] = [items, [items], items.map((item) => [item])];
    yield* nests ? ways.toReversed() : ways;
  }
}
