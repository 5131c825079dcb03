import type {Part} from '../../source/engine/persistent/persistent-list.ts';

/** A part and all parts below it. */
function partsOf<T>(part: Part<T>): readonly Part<T>[] {
  return 'values' in part ? [part] : [part, ...part.parts.flatMap(partsOf<T>)];
}

/** The parts of a list that another does not share with it. */
export function ownParts<T>(
  list: {readonly whole: Part<T>},
  other: {readonly whole: Part<T>},
): readonly Part<T>[] {
  const shared = new Set(partsOf(other.whole));
  return partsOf(list.whole).filter((part) => !shared.has(part));
}
