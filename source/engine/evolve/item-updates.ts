import type {SharedList} from '../persistent/persistent-list.ts';
import type {ItemProgress} from '../model/state.ts';

/** The items of a step, in their order. */
type Items = SharedList<ItemProgress>;

const few = 32;

/** Index of each key, by list. Items are replaced in their places, so a list's copies share its index. */
const indexes = new WeakMap<Items, ReadonlyMap<string, number>>();

/** Returns the index of the item with a key in its step's list; -1 when it is absent. */
function indexOfItem(items: Items, key: string): number {
  // Looking through a few is as fast as an index.
  if (items.length <= few) return [...items].findIndex((item) => item.key === key);
  return indexOf(items).get(key) ?? -1;
}

/** The item with a key. */
export function itemIn(items: Items | undefined, key: string): ItemProgress | undefined {
  return items?.at(indexOfItem(items, key));
}

/** The list with one item changed. */
export function withItem(items: Items, key: string, change: (item: ItemProgress) => ItemProgress): Items {
  const position = indexOfItem(items, key);
  const item = items.at(position);
  if (item === undefined) return items;
  const changed = items.with(position, change(item));
  const index = indexes.get(items);
  if (index !== undefined) indexes.set(changed, index);
  return changed;
}

function indexOf(items: Items): ReadonlyMap<string, number> {
  const known = indexes.get(items);
  if (known !== undefined) return known;
  const made = new Map(Array.from(items, ({key}, position) => [key, position]));
  indexes.set(items, made);
  return made;
}
