import type {Json} from '../../data/json.ts';
import {isList} from './data.ts';
import {ExpressionError} from './parse.ts';

/** Longest text that a function may make, in characters. */
export const maxTextLength = 1_000_000;

export function tooLong(name: string): ExpressionError {
  return new ExpressionError(`${name}() may not make a text of more than ${maxTextLength} characters`);
}

/** Which argument of a function counts, and the least that it may be. */
const counts: Readonly<Record<string, readonly (readonly [at: number, least: number])[]>> = {
  find_first: [
    [2, -Infinity],
    [3, -Infinity],
  ],
  find_last: [
    [2, -Infinity],
    [3, -Infinity],
  ],
  pad_left: [[1, 0]],
  pad_right: [[1, 0]],
  replace: [[3, 0]],
  split: [[2, 0]],
};

/** Refuses arguments of the right type that a function can do nothing with. Throws {@link ExpressionError}. */
export function refuseOddText(name: string, args: readonly Json[]): void {
  for (const [at, least] of counts[name] ?? []) {
    const count = args[at] ?? least;
    if (typeof count === 'number' && (Number.isSafeInteger(count) || count === -Infinity) && count >= least)
      continue;
    throw new ExpressionError(
      `${name}() counts in whole numbers${least === 0 ? ' from 0' : ''}, not ${String(count)}`,
    );
  }
  if (name.startsWith('pad_')) refusePad(name, args);
  if (name === 'join') refuseLongJoin(args);
  if (name === 'from_items') refuseNoPairs(args);
}

function refusePad(name: string, [, width = 0, character]: readonly Json[]): void {
  if (Number(width) > maxTextLength) throw tooLong(name);
  if (typeof character === 'string' && [...character].length !== 1) {
    throw new ExpressionError(`${name}() fills up with one character, not with ${JSON.stringify(character)}`);
  }
}

function refuseLongJoin([glue = null, list = null]: readonly Json[]): void {
  if (typeof glue !== 'string' || !isList(list)) return;
  const lengths = list.map((item) => (typeof item === 'string' ? item.length : 0) + glue.length);
  if (lengths.reduce((sum, length) => sum + length, 0) > maxTextLength) throw tooLong('join');
}

function refuseNoPairs([list = null]: readonly Json[]): void {
  if (!isList(list)) return;
  const pairs = list.every((pair) => isList(pair) && pair.length === 2 && typeof pair[0] === 'string');
  if (!pairs) throw new ExpressionError('from_items() takes pairs of a name and a value');
}

/** A text without the blanks, or without the given characters, at its ends. */
export function trimmed(text: string, characters: string | undefined, left: boolean, right: boolean): string {
  const chosen = characters === undefined || characters === '' ? undefined : new Set(characters);
  const dropped = (character: string): boolean =>
    chosen === undefined ? /\s|\u0085/.test(character) : chosen.has(character);
  let start = 0;
  let end = text.length;
  if (left) while (start < end && dropped(text[start] ?? '')) start += 1;
  if (right) while (end > start && dropped(text[end - 1] ?? '')) end -= 1;
  return text.slice(start, end);
}

/** A text with another in place of every part that is alike, or of the first few. */
export function replaced(text: string, from: string, to: string, count?: Json): string {
  const parts = text.split(from);
  const most = typeof count === 'number' ? Math.min(count, parts.length - 1) : parts.length - 1;
  if (most * to.length + text.length > maxTextLength) throw tooLong('replace');
  return [parts.slice(0, most + 1).join(to), ...parts.slice(most + 1)].join(from);
}
