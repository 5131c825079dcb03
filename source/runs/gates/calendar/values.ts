import {civilOf, dayMs, dayOf} from './civil.ts';
import {NoCalendar} from './content-lines.ts';
import type {Rule} from './recurrence.ts';

/** A date, or a moment of a clock. */
export interface Moment {
  /** Number of the day since 1970. */
  readonly day: number;
  /** ms since midnight; absent for a date. */
  readonly time?: number;
  readonly isUtc: boolean;
}

/** Reads a DATE or a DATE-TIME. Throws {@link NoCalendar}. */
export function momentIn(text: string, line: number): Moment {
  const parts = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z)?)?$/i.exec(text.trim());
  const wrong = new NoCalendar(line, `${text.trim().slice(0, 40)} is no date and no time`);
  if (parts === null) throw wrong;
  const [year = 0, month = 0, date = 0] = parts.slice(1, 4).map(Number);
  const day = dayOf({year, month, day: date});
  const civil = civilOf(day);
  if (civil.year !== year || civil.month !== month || civil.day !== date) throw wrong;
  if (parts[4] === undefined) return {day, isUtc: false};
  const [hours = 0, minutes = 0, seconds = 0] = parts.slice(4, 7).map(Number);
  if (hours > 23 || minutes > 59 || seconds > 59) throw wrong;
  return {day, time: ((hours * 60 + minutes) * 60 + seconds) * 1000, isUtc: parts[7] !== undefined};
}

/** Returns the clock's moment in ms, as if it were UTC. */
export function localOf({day, time = 0}: Moment): number {
  return day * dayMs + time;
}

/** Returns the last moment of a rule (ms since the epoch), Infinity where it has none. Throws {@link NoCalendar}. */
export function untilOf({until}: Rule, line: number, instant: (local: number) => number): number {
  if (until === undefined) return Infinity;
  const moment = momentIn(until, line);
  return moment.isUtc ? localOf(moment) : instant(localOf(moment));
}

/** A span of time: days by the calendar, and ms by the clock. */
export interface Span {
  readonly days: number;
  readonly ms: number;
}

/** Reads a DURATION. Throws {@link NoCalendar}. */
export function spanIn(text: string, line: number): Span {
  const parts = /^\+?P(?:(\d+)W|(?=[\dT])(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?)$/i.exec(
    text.trim(),
  );
  if (parts === null) throw new NoCalendar(line, `${text.trim().slice(0, 40)} is no duration`);
  const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = parts
    .slice(1)
    .map((part) => (part === undefined ? 0 : Number(part)));
  return {days: weeks * 7 + days, ms: ((hours * 60 + minutes) * 60 + seconds) * 1000};
}
