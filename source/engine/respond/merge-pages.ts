import type {Json} from '../model/events.ts';

type Members = {readonly [member: string]: Json};

/** Two pages as one answer: lists follow each other, anything else is as the later page has it. */
export function mergePages(earlier: Json, later: Json): Json {
  const before = asMembers(earlier);
  const entries = Object.entries(asMembers(later)).map(([name, value]): [string, Json] => {
    const first = before[name];
    return [name, Array.isArray(first) && Array.isArray(value) ? [...first, ...value] : value];
  });
  return {...before, ...Object.fromEntries(entries)};
}

function asMembers(value: Json): Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : {};
}
