import type {ChangeWindow, Gates} from '../model/happenings/gate.ts';
import type {Policy} from '../model/happenings/policy.ts';

const minuteMs = 60_000;
const minutesOfDay = 24 * 60;

/** The scan goes on minute by minute from here to a window's start: no clock is moved further at once (minutes). */
const closeTo = 180;

/** Days that are looked at. A window in an hour that its weekday's clock skips once opens within them. */
const mostDays = 16;

/**
 * Returns when the first window opens (ms since the epoch); undefined when one is open at `now`, or there is none.
 */
export function closedUntil(windows: readonly ChangeWindow[], now: number): number | undefined {
  if (windows.length === 0 || windows.some((window) => isOpen(window, now))) return undefined;
  return Math.min(...windows.map((window) => nextOpening(window, now)));
}

/** A run or a fleet, as far as its windows go. */
export interface Gated {
  readonly started?: {readonly gates?: Gates | undefined} | undefined;
  readonly policy?: Pick<Policy, 'windows'> | undefined;
}

/** Returns the lists of windows that changes start under: one window of each has to be open. */
export function windowListsOf({started, policy}: Gated): readonly (readonly ChangeWindow[])[] {
  return [started?.gates?.windows ?? [], ...(policy?.windows ?? [])].filter(({length}) => length > 0);
}

/**
 * Returns the first time at which a window of each list is open (ms since the epoch); undefined when that is so at `now`.
 * Where they do not open together for days, it is the last time that was looked at.
 */
export function allClosedUntil(lists: readonly (readonly ChangeWindow[])[], now: number): number | undefined {
  let at = now;
  while (!neverOpen(at, now)) {
    const next = lists.map((list) => closedUntil(list, at)).filter((until) => until !== undefined);
    if (next.length === 0) break;
    at = Math.max(...next);
  }
  return at === now ? undefined : at;
}

/** Returns true if windows that are closed until then do not open together within the days that are looked at. */
export function neverOpen(until: number, now: number): boolean {
  return until - now >= mostDays * minutesOfDay * minuteMs;
}

/** Returns true if a window is open at a time (ms since the epoch). */
export function isOpen({from, to, timeZone, days}: ChangeWindow, at: number): boolean {
  const {day, minute} = wallClock(timeZone, at);
  const [first, last] = [minuteOf(from), minuteOf(to)];
  const opensOn = (which: number): boolean => days?.includes(which) ?? true;
  if (first < last) return opensOn(day) && minute >= first && minute < last;
  // It is open over midnight, by the day on which it opened.
  return (opensOn(day) && minute >= first) || (opensOn((day + 6) % 7) && minute < last);
}

function nextOpening(window: ChangeWindow, now: number): number {
  const end = now + mostDays * minutesOfDay * minuteMs;
  let at = Math.floor(now / minuteMs) * minuteMs;
  while (at < end && !isOpen(window, at)) {
    const {minute} = wallClock(window.timeZone, at);
    const left = (minuteOf(window.from) - minute + minutesOfDay) % minutesOfDay;
    at += Math.max(1, left - closeTo) * minuteMs;
  }
  return at;
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
