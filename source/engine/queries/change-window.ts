import {distinct} from '../../data/distinct.ts';
import type {ChangeWindow, Gates, HoursWindow} from '../model/happenings/gate.ts';
import type {Policy} from '../model/happenings/policy.ts';

const minuteMs = 60_000;
const minutesOfDay = 24 * 60;

/** The scan goes on minute by minute from here to a window's start: no clock is moved further at once (minutes). */
const closeTo = 180;

/** Days that are looked at. A window in an hour that its weekday's clock skips once opens within them. */
const mostDays = 16;

/** Times at which windows are compared before they count as never open together: a year of monthly ones. */
const mostLooks = 100;

/**
 * Returns when the first window opens (ms since the epoch); undefined when one is open at `now`, or there is none.
 * Infinity where no opening is known.
 */
export function closedUntil(windows: readonly ChangeWindow[], now: number): number | undefined {
  if (windows.length === 0 || windows.some((window) => isOpen(window, now))) return undefined;
  return Math.min(...windows.map((window) => nextOpening(window, now)));
}

/** A run or a fleet, as far as its windows go. */
export interface Gated {
  readonly started?: {readonly gates?: Gates | undefined} | undefined;
  /** Its own windows, as they were read when it was gone on with. */
  readonly windows?: readonly ChangeWindow[] | undefined;
  readonly policy?: Pick<Policy, 'windows'> | undefined;
}

/** Returns the windows that were given with a run or a fleet itself. */
export function ownWindows({started, windows}: Gated): readonly ChangeWindow[] {
  return windows ?? started?.gates?.windows ?? [];
}

/** Returns the lists of windows that changes start under: one window of each has to be open. */
export function windowListsOf(gated: Gated): readonly (readonly ChangeWindow[])[] {
  return [ownWindows(gated), ...(gated.policy?.windows ?? [])].filter(({length}) => length > 0);
}

/** How long no change starts. */
export interface Closed {
  /** The next time at which one may (ms since the epoch). */
  readonly until: number;
  /** No such time is known: `until` is when it is looked at again. */
  readonly never?: true;
}

/** Returns how long no window of one of the lists is open; undefined where one of each is at `now`. */
export function allClosed(lists: readonly (readonly ChangeWindow[])[], now: number): Closed | undefined {
  let at = now;
  for (let look = 0; look < mostLooks && at < Infinity; look += 1) {
    const next = lists.map((list) => closedUntil(list, at)).filter((until) => until !== undefined);
    if (next.length === 0) return at === now ? undefined : {until: at};
    at = Math.max(...next);
  }
  return {until: now + mostDays * minutesOfDay * minuteMs, never: true};
}

/** Returns true if a window is open at a time (ms since the epoch). */
export function isOpen(window: ChangeWindow, at: number): boolean {
  return 'calendar' in window
    ? window.opens.some(([from, to]) => from <= at && at < to)
    : isOpenByClock(window, at);
}

function isOpenByClock({from, to, timeZone, days}: HoursWindow, at: number): boolean {
  const {day, minute} = wallClock(timeZone, at);
  const [first, last] = [minuteOf(from), minuteOf(to)];
  const opensOn = (which: number): boolean => days?.includes(which) ?? true;
  if (first < last) return opensOn(day) && minute >= first && minute < last;
  // It is open over midnight, by the day on which it opened.
  return (opensOn(day) && minute >= first) || (opensOn((day + 6) % 7) && minute < last);
}

function nextOpening(window: ChangeWindow, now: number): number {
  return 'calendar' in window
    ? (window.opens.find(([from]) => from > now)?.[0] ?? Infinity)
    : nextByClock(window, now);
}

function nextByClock(window: HoursWindow, now: number): number {
  const end = now + mostDays * minutesOfDay * minuteMs;
  let at = Math.floor(now / minuteMs) * minuteMs;
  while (at < end && !isOpenByClock(window, at)) {
    const {minute} = wallClock(window.timeZone, at);
    const left = (minuteOf(window.from) - minute + minutesOfDay) % minutesOfDay;
    at += Math.max(1, left - closeTo) * minuteMs;
  }
  return at < end ? at : Infinity;
}

function minuteOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** Making a format takes far longer than using it. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** The day of the week and the minute of the day that a wall clock shows there. */
function wallClock(timeZone: string, at: number): {readonly day: number; readonly minute: number} {
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      weekday: 'short',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
    formats.set(timeZone, format);
  }
  const parts = Object.fromEntries(format.formatToParts(at).map(({type, value}) => [type, value]));
  return {
    day: weekdays.indexOf(parts['weekday'] ?? ''),
    minute: Number(parts['hour']) * 60 + Number(parts['minute']),
  };
}

/** The lists of both. A list whose calendars are the same is there once, as it was read last: that one knows more. */
export function bothLists(
  before: Policy['windows'] = [],
  found: Policy['windows'] = [],
): Policy['windows'] | undefined {
  const names = new Set(found.map(nameOf));
  return distinct([...before.filter((list) => !names.has(nameOf(list))), ...found]);
}

/** A list as far as it is the same when it is read later. */
function nameOf(list: readonly ChangeWindow[]): string {
  return JSON.stringify(
    list.map((one) => ('calendar' in one ? [one.calendar, one.timeZone, one.sha256] : one)),
  );
}
