import {isObject, type Json} from '../../data/json.ts';
import {ExpressionError} from './parse.ts';

/** Deepest nesting of data: AWS's own answers stay below 20, and everything that walks data recurses. */
const maxDataDepth = 100;

export function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

/** Names the type of a value for a message. */
export function describe(value: Json): string {
  if (value === null) return 'nothing';
  if (isList(value)) return 'a list';
  if (isObject(value)) return 'an object';
  return `a ${typeof value}`;
}

/**
 * A value without its empty texts, lists and maps, at any depth: services answer with them where nothing is set.
 * Undefined when nothing is left.
 */
export function withoutEmpty(value: Json | undefined): Json | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  if (isList(value)) {
    const list = value.map(withoutEmpty).filter((item) => item !== undefined);
    return list.length === 0 ? undefined : list;
  }
  if (!isObject(value)) return value;
  const members = Object.entries(value).flatMap(([name, member]): [string, Json][] => {
    const kept = withoutEmpty(member);
    return kept === undefined ? [] : [[name, kept]];
  });
  return members.length === 0 ? undefined : Object.fromEntries(members);
}

/** Deep equality, regardless of the order of members. */
export function same(left: Json, right: Json): boolean {
  if (left === right) return true;
  if (isList(left)) {
    return (
      isList(right) && left.length === right.length && left.every((item, i) => same(item, right[i] ?? null))
    );
  }
  if (!isObject(left) || !isObject(right)) return false;
  const names = Object.keys(left);
  return (
    names.length === Object.keys(right).length &&
    names.every((name) => Object.hasOwn(right, name) && same(left[name] ?? null, right[name] ?? null))
  );
}

/** JMESPath's truth: false, null, and empty texts, lists and objects are false; 0 is true. */
export function truthy(value: Json): boolean {
  if (value === null || value === false || value === '') return false;
  if (isList(value)) return value.length > 0;
  return !isObject(value) || Object.keys(value).length > 0;
}

/**
 * Counts the values in `value` down from `left`, as they would be written out. Shared values count each time, since
 * written out they multiply; a long text counts once for every 16 characters. Throws {@link ExpressionError} when
 * there are more, or when they nest too deep.
 */
export function countDown(value: Json, left: {values: number}, complaint: string, depth = 0): void {
  left.values -= typeof value === 'string' ? 1 + (value.length >> 4) : 1;
  if (left.values < 0) throw new ExpressionError(complaint);
  if (typeof value !== 'object' || value === null) return;
  if (depth > maxDataDepth) throw new ExpressionError(`data may nest ${maxDataDepth} deep`);
  for (const item of isList(value) ? value : Object.values(value))
    countDown(item, left, complaint, depth + 1);
}
