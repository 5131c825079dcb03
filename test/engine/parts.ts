import {remembering, type Fold} from '../../source/engine/persistent/persistent-list.ts';

interface Folded<T> {
  fold<R>(fold: Fold<T, R>): R;
}

/** How many parts of a list another does not share with it: those that a fold has to go through again. */
export function ownParts<T>(list: Folded<T>, other: Folded<T>): number {
  let parts = 0;
  const counting = remembering<T, number>(
    () => 0,
    () => (parts += 1),
  );
  other.fold(counting);
  parts = 0;
  list.fold(counting);
  return parts;
}
