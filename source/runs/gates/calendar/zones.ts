import {timeZoneOf} from '../window-text.ts';
import {dayMs} from './civil.ts';
import {NoCalendar, oneOf, type Component} from './content-lines.ts';
import {daysOf, ruleOf, type Patience} from './recurrence.ts';
import {momentIn, untilOf} from './values.ts';

/** A time zone: how far its clocks are ahead of UTC at a time (both in ms). */
export interface Zone {
  offsetAt(at: number): number;
}

export const utc: Zone = {offsetAt: () => 0};

/**
 * Returns the time at which a clock there shows `local` (ms, as if it were UTC). A time that the clock repeats is its
 * first one, and one that it skips is read by the clock before: RFC 5545 says so.
 */
export function instantOf({offsetAt}: Zone, local: number): number {
  const [before, after] = [offsetAt(local - dayMs), offsetAt(local + dayMs)];
  const fitting = [local - before, local - after].filter((at) => at + offsetAt(at) === local);
  return fitting.length === 0 ? local - before : Math.min(...fitting);
}

/** Returns a zone of the IANA database; undefined where there is none of that name. */
export function namedZone(name: string): Zone | undefined {
  const timeZone = timeZoneOf(name);
  if (timeZone === undefined) return undefined;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });
  return {
    offsetAt(at) {
      const parts = Object.fromEntries(
        format.formatToParts(at).map(({type, value}) => [type, Number(value)]),
      );
      const {year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0} = parts;
      return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000;
    },
  };
}

/** Returns a zone that a calendar describes itself, as far as a day. Throws {@link NoCalendar}. */
export function describedZone(vtimezone: Component, last: number, patience: Patience): Zone {
  const onsets = vtimezone.components.flatMap((one) => onsetsOf(one, last, patience));
  onsets.sort((one, other) => one.at - other.at);
  const [first] = onsets;
  if (first === undefined)
    throw new NoCalendar(vtimezone.line, 'the VTIMEZONE does not say how its clocks go');
  return {offsetAt: (at) => onsets.findLast((onset) => onset.at <= at)?.to ?? first.from};
}

/** A moment at which clocks are moved, and how far they are ahead before and after (ms). */
interface Onset {
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

function onsetsOf(part: Component, last: number, patience: Patience): readonly Onset[] {
  const start = oneOf(part, 'DTSTART');
  if (start === undefined) throw new NoCalendar(part.line, `${part.name} has no DTSTART`);
  const [from, to] = [offsetIn(part, 'TZOFFSETFROM'), offsetIn(part, 'TZOFFSETTO')];
  const {day, time = 0} = momentIn(start.value, start.line);
  const first = day * dayMs + time - from;
  const rule = oneOf(part, 'RRULE');
  const dates = part.properties.filter(({name}) => name === 'RDATE');
  const single = dates.flatMap(({value, line}) =>
    value.split(',').map((text) => {
      const moment = momentIn(text, line);
      return moment.day * dayMs + (moment.time ?? time) - from;
    }),
  );
  if (rule === undefined) return [first, ...single].map((at) => ({at, from, to}));
  const read = ruleOf(rule.value, rule.line);
  const until = untilOf(read, rule.line, (local) => local - from);
  const repeated = [...daysOf(read, {from: day, last, line: rule.line}, patience)]
    .map((one) => one * dayMs + time - from)
    .filter((at) => at <= until);
  return [first, ...single, ...repeated].map((at) => ({at, from, to}));
}

function offsetIn(part: Component, name: string): number {
  const property = oneOf(part, name);
  const [, sign = '', hours, minutes, seconds = 0] =
    /^([+-])(\d\d)(\d\d)(\d\d)?$/.exec(property?.value.trim() ?? '') ?? [];
  if (sign === '')
    throw new NoCalendar(property?.line ?? part.line, `${part.name} has no ${name} that makes sense`);
  const ms = (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000;
  return sign === '-' ? -ms : ms;
}
