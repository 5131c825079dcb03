import {oncePer} from '../../engine/persistent/memoize.ts';
import type {Part} from '../../engine/persistent/persistent-list.ts';

/**
 * The positions at which a list differs from an earlier one, in order. Parts that the two share are not looked at: one
 * event changes a lane or two, of thousands.
 */
export function changedRows<T>(now: Part<T>, before: Part<T> | undefined, first = 0): readonly number[] {
  if (now === before) return [];
  if ('values' in now) {
    const old = before !== undefined && 'values' in before ? before.values : [];
    return now.values.flatMap((value, index) => (value === old[index] ? [] : [first + index]));
  }
  const old = before !== undefined && 'parts' in before ? before.parts : [];
  let position = first;
  return now.parts.flatMap((part, index) => {
    const rows = changedRows(part, old[index], position);
    position += sizeOf(part);
    return rows;
  });
}

const sizeOf = oncePer((part: Part<unknown>): number =>
  'values' in part ? part.values.length : part.parts.reduce((sum, below) => sum + sizeOf(below), 0),
);
