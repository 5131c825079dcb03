import {remembering, type SharedList} from '../persistent/persistent-list.ts';
import type {ItemProgress} from '../model/state.ts';

/**
 * The items of a step that have not ended: those that are under way, wait, or are in doubt, and of those that can be
 * started the first `most`. Of thousands of items most have ended or are far from their turn: they are not looked at.
 */
export function openItems(items: SharedList<ItemProgress>, most: number): readonly ItemProgress[] {
  const open: ItemProgress[] = [];
  let todo = 0;
  const add = (item: ItemProgress): void => {
    if (hasEnded(item) || (isTodo(item) && todo >= most)) return;
    if (isTodo(item)) todo += 1;
    open.push(item);
  };
  items.visit(add, common, (shared) => shared === 'ended' || (shared === 'todo' && todo >= most));
  return open;
}

/** Of open items, all but those that can be started beyond the first `most`. */
export function upTo(open: readonly ItemProgress[], most: number): readonly ItemProgress[] {
  let todo = 0;
  return open.filter((item) => !isTodo(item) || (todo += 1) <= most);
}

/** Status that all items share. */
type Common = 'ended' | 'todo' | 'nothing';

const common = remembering<ItemProgress, Common>(
  (item) => {
    if (hasEnded(item)) return 'ended';
    return isTodo(item) ? 'todo' : 'nothing';
  },
  (all) => {
    const [first = 'nothing', ...others] = all;
    return others.every((other) => other === first) ? first : 'nothing';
  },
);

function hasEnded({status}: ItemProgress): boolean {
  return status === 'done' || status === 'failed';
}

function isTodo({status, doubtful}: ItemProgress): boolean {
  return status === 'todo' && doubtful !== true;
}
