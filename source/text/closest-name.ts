import {distance} from 'fastest-levenshtein';

/** Returns the closest known name by edits, if at most two letters or a third of the name differ. */
export function closestName(wrong: string, known: Iterable<string>): string | undefined {
  const ranked = [...known]
    .map((name) => ({name, edits: distance(wrong.toLowerCase(), name.toLowerCase())}))
    .sort((a, b) => a.edits - b.edits);
  const best = ranked[0];
  return best !== undefined &&
    best.edits < wrong.length &&
    best.edits <= Math.max(2, Math.floor(wrong.length / 3))
    ? best.name
    : undefined;
}
