import type {Json} from '../../data/json.ts';
import {durationOf, noDuration} from './durations.ts';
import {ExpressionError} from './parse.ts';
import {noTime, timeOf} from './times.ts';

type TimeFunction = (args: readonly Json[], now: number | undefined) => Json;

/** The last ms of the year 9999: later times are written in another form, and would be ordered wrongly. */
const lastTime = Date.UTC(9999, 11, 31, 23, 59, 59, 999);
const firstTime = Date.parse('0000-01-01T00:00:00Z');

/**
 * The functions on times. A time is a text in one form, UTC to the ms, as the answers of AWS have it: so the order of
 * two texts is that of the times. Arguments are texts here.
 */
export const timeFunctions: Readonly<Record<string, TimeFunction>> = {
  now: (_, now) => written('now', clock('now', now)),
  time: ([text = null]) => written('time', momentIn('time', text)),
  later: ([time = null, by = null]) => written('later', momentIn('later', time) + lengthIn('later', by)),
  earlier: ([time = null, by = null]) =>
    written('earlier', momentIn('earlier', time) - lengthIn('earlier', by)),
  older_than: ([time = null, age = null], now) =>
    clock('older_than', now) - momentIn('older_than', time) > lengthIn('older_than', age),
  newer_than: ([time = null, age = null], now) =>
    clock('newer_than', now) - momentIn('newer_than', time) < lengthIn('newer_than', age),
};

/** The functions whose result depends on when they are worked out. */
export const clockFunctions: ReadonlySet<string> = new Set(['now', 'older_than', 'newer_than']);

function clock(name: string, now: number | undefined): number {
  if (now !== undefined) return now;
  throw new ExpressionError(`${name}() cannot be asked here: there is no time that it could go by`);
}

function momentIn(name: string, text: Json): number {
  const at = timeOf(String(text));
  if (at === undefined) throw new ExpressionError(`${name}(): ${noTime(String(text))}`);
  return at;
}

function lengthIn(name: string, text: Json): number {
  const ms = durationOf(String(text));
  if (ms === undefined) throw new ExpressionError(`${name}(): ${noDuration(String(text))}`);
  return ms;
}

function written(name: string, at: number): string {
  if (at >= firstTime && at <= lastTime) return new Date(at).toISOString();
  throw new ExpressionError(`${name}() gives a time before the year 0 or after the year 9999`);
}
