import {membersOf, type Json} from '../../data/json.ts';

/** Two pages as one answer: lists follow each other, anything else is as the later page has it. */
export function mergePages(earlier: Json, later: Json): Json {
  const before = membersOf(earlier);
  const entries = Object.entries(membersOf(later)).map(([name, value]): [string, Json] => {
    const first = before[name];
    return [name, Array.isArray(first) && Array.isArray(value) ? [...first, ...value] : value];
  });
  return {...before, ...Object.fromEntries(entries)};
}
