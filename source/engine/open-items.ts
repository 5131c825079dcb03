import {oncePer} from './once-per.ts';
import type {SharedList} from './shared-list.ts';
import type {ItemProgress} from './state.ts';

/**
 * The items of a step that have not ended: those that are under way, wait, or are in doubt, and of those that can be
 * started the first `most`. Of thousands of items most have ended or are far from their turn: they are not looked at.
 */
export function openItems(items: SharedList<ItemProgress>, most: number): readonly ItemProgress[] {
  const pieces = items.pieces();
  const open: ItemProgress[] = [];
  let todo = 0;
  for (const piece of pieces) {
    const common = pieces.length === 1 ? 'nothing' : commonTo(piece);
    if (common === 'ended' || (common === 'todo' && todo >= most)) continue;
    for (const item of piece) {
      if (hasEnded(item)) continue;
      if (isTodo(item)) todo += 1;
      if (todo <= most || !isTodo(item)) open.push(item);
    }
  }
  return open;
}

/** What all items of a piece have in common. */
const commonTo = oncePer((piece: readonly ItemProgress[]): 'ended' | 'todo' | 'nothing' => {
  if (piece.every(hasEnded)) return 'ended';
  return piece.every(isTodo) ? 'todo' : 'nothing';
});

function hasEnded({status}: ItemProgress): boolean {
  return status === 'done' || status === 'failed';
}

function isTodo({status, doubtful}: ItemProgress): boolean {
  return status === 'todo' && doubtful !== true;
}
