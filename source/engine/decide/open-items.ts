import {oncePer} from '../persistent/memoize.ts';
import type {Part, SharedList} from '../persistent/persistent-list.ts';
import type {ItemProgress} from '../model/state.ts';

/**
 * The items of a step that have not ended: those that are under way, wait, or are in doubt, and of those that can be
 * started the first `most`. Of thousands of items most have ended or are far from their turn: they are not looked at.
 */
export function openItems({whole}: SharedList<ItemProgress>, most: number): readonly ItemProgress[] {
  const open: ItemProgress[] = [];
  let todo = 0;
  const add = (item: ItemProgress): void => {
    if (hasEnded(item) || (isTodo(item) && todo >= most)) return;
    if (isTodo(item)) todo += 1;
    open.push(item);
  };
  const addAll = (part: Part<ItemProgress>): void => {
    if ('values' in part) return part.values.forEach(add);
    for (const below of part.parts) {
      const common = commonTo(below);
      if (common !== 'ended' && (common !== 'todo' || todo < most)) addAll(below);
    }
  };
  addAll(whole);
  return open;
}

/** What all items of a part have in common. */
const commonTo = oncePer((part: Part<ItemProgress>): 'ended' | 'todo' | 'nothing' => {
  if ('parts' in part) {
    const [first, ...others] = new Set(part.parts.map(commonTo));
    return others.length === 0 && first !== undefined ? first : 'nothing';
  }
  if (part.values.every(hasEnded)) return 'ended';
  return part.values.every(isTodo) ? 'todo' : 'nothing';
});

function hasEnded({status}: ItemProgress): boolean {
  return status === 'done' || status === 'failed';
}

function isTodo({status, doubtful}: ItemProgress): boolean {
  return status === 'todo' && doubtful !== true;
}
