import {distance} from 'fastest-levenshtein';

/** Returns the closest known name by edits, if at most two letters or a third of the name differ, or `most` letters. */
export function closestName(
  wrong: string,
  known: Iterable<string>,
  most = Math.max(2, Math.floor(wrong.length / 3)),
): string | undefined {
  const ranked = [...known]
    .map((name) => ({name, edits: distance(wrong.toLowerCase(), name.toLowerCase())}))
    .sort((a, b) => a.edits - b.edits);
  const best = ranked[0];
  return best !== undefined && best.edits < wrong.length && best.edits <= most ? best.name : undefined;
}
