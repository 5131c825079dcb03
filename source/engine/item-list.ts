import {changeable} from './batch.ts';
import type {ItemProgress} from './state.ts';

/** Up to here looking through a list is as fast as an index. */
const shortList = 16;

/** Where each key is, by list. Items are replaced in their places, so a list's copies share its index. */
const indexes = new WeakMap<readonly ItemProgress[], ReadonlyMap<string, number>>();

/** Where the item with a key is in its step's list; -1 when it is not. */
export function indexOfItem(items: readonly ItemProgress[], key: string): number {
  if (items.length <= shortList) return items.findIndex((item) => item.key === key);
  return indexOf(items).get(key) ?? -1;
}

/** The item with a key. */
export function itemIn(items: readonly ItemProgress[] | undefined, key: string): ItemProgress | undefined {
  return items?.[indexOfItem(items, key)];
}

/** The list with one item changed. */
export function withItem(
  items: readonly ItemProgress[],
  key: string,
  change: (item: ItemProgress) => ItemProgress,
): readonly ItemProgress[] {
  const at = indexOfItem(items, key);
  const item = items[at];
  if (item === undefined) return items;
  const changed = changeable(items as ItemProgress[], (list) => {
    const copy = [...list];
    const index = indexes.get(list);
    if (index !== undefined) indexes.set(copy, index);
    return copy;
  });
  changed[at] = change(item);
  return changed;
}

function indexOf(items: readonly ItemProgress[]): ReadonlyMap<string, number> {
  const known = indexes.get(items);
  if (known !== undefined) return known;
  const made = new Map(items.map(({key}, at) => [key, at]));
  indexes.set(items, made);
  return made;
}
