import type {CalendarWindow, ChangeWindow} from '../engine/model/happenings/gate.ts';
import type {Policy} from '../engine/model/happenings/policy.ts';
import {
  allClosed,
  ownWindows,
  windowListsOf,
  type Closed,
  type Gated,
} from '../engine/queries/change-window.ts';
import {calendarsOf, type Calendared, type ToldState} from '../engine/queries/change-calendar.ts';
import {moment} from '../text/time.ts';
import {faultText} from './fault-text.ts';

const names = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/**
 * Returns a window in words: `Sat, Sun 22:00 to 04:00 Europe/Berlin`. A calendar is said with what it opens at `now` or next,
 * and where no time is given with its hash.
 */
export function windowText(window: ChangeWindow, now?: number): string {
  if ('calendar' in window) return calendarText(window, now);
  const {from, to, timeZone, days} = window;
  const on = days === undefined || days.length === names.length ? '' : `${daysText(days)} `;
  return `${on}${from} to ${to} ${timeZone}`;
}

function calendarText({calendar, sha256, opens}: CalendarWindow, now: number | undefined): string {
  const name = fileName(calendar);
  if (now === undefined) return `${name}, SHA-256 ${sha256.slice(0, 12)}…`;
  const next = opens.find(([, to]) => to > now);
  if (next === undefined) return `${name}, which opens no more`;
  const [from, to] = next;
  return from <= now
    ? `${name}, open until ${moment(to, now)}`
    : `${name}, next open ${moment(from, now)} to ${moment(to, from)}`;
}

/** Returns the sentence about a calendar that says something else than when the run began. */
export function changedCalendarText(file: string): string {
  return `${fileName(file)} has changed since it began: the calendar holds as it is now`;
}

/** The name of a file without its folder. */
function fileName(file: string): string {
  return file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
}

/** Returns all windows of a run or a fleet in words; undefined where it has none. */
export function windowsText({
  now,
  ...gated
}: Gated & {readonly now?: number | undefined}): string | undefined {
  const own = ownWindows(gated);
  const lists = [
    ...(own.length === 0 ? [] : [listText(own, now)]),
    ...(gated.policy?.windows ?? []).map((windows) => `${listText(windows, now)} (the policy)`),
  ];
  return lists.length === 0 ? undefined : lists.join(', and only in ');
}

function listText(windows: readonly ChangeWindow[], now: number | undefined): string {
  return windows.map((window) => windowText(window, now)).join(' and ');
}

/** Returns the files of a policy in few words. */
export function policyText({files}: Policy): string {
  return files.map(({file, sha256}) => `${file}, SHA-256 ${sha256.slice(0, 12)}…`).join('; ');
}

/** Returns when a closed gate opens, by this host's clock. */
export function opensText({until, never}: Closed, now: number): string {
  return never === true ? 'no time is known at which it opens' : `it opens at ${moment(until, now)}`;
}

/** Returns what a change calendar said last: `CLOSED until 22:00:00`; `UNKNOWN`, with the reason. */
export function calendarStateText(
  {state, nextTransitionTime, fault}: Omit<ToldState, 'at'>,
  now: number,
): string {
  if (fault !== undefined) return `${state} (counts as CLOSED): ${faultText(fault)}`;
  return nextTransitionTime === undefined ? state : `${state} until ${moment(nextTransitionTime, now)}`;
}

/** Returns a change calendar's name, of an ARN too. */
export function calendarName(calendar: string): string {
  return fileName(calendar);
}

/** Returns the change calendars of a run with what they said last; undefined where it has none. */
export function calendarsText(run: Calendared & {readonly now: number}): string | undefined {
  const all = calendarsOf(run).map((calendar) => {
    const told = run.calendars?.[calendar];
    return told === undefined ? calendar : `${calendar}: ${calendarStateText(told, run.now)}`;
  });
  return all.length === 0 ? undefined : all.join('; ');
}

/** Returns what the changes that are asked about wait for besides; undefined where there is no calendar. */
export function calendarStartText(
  run: Calendared & {readonly overridden?: object | undefined},
): string | undefined {
  const names = calendarsOf(run).map(calendarName);
  if (names.length === 0) return undefined;
  const all = names.join(' and ');
  return run.overridden === undefined
    ? `${all}: AWS is asked before each change, and has to say OPEN`
    : `${all}, which is not waited for`;
}

/** Returns when the changes that are asked about may start; undefined where there is no window. */
export function startText(
  gated: Gated & {readonly overridden?: object | undefined; readonly now: number},
): string | undefined {
  const windows = windowsText(gated);
  if (windows === undefined) return undefined;
  if (gated.overridden !== undefined) return `${windows}, which is not waited for`;
  const closed = allClosed(windowListsOf(gated), gated.now);
  if (closed === undefined) return `${windows}: open, changes start at once`;
  return closed.never === true
    ? `${windows}: no time is known at which changes may start`
    : `${windows}: changes start at ${moment(closed.until, gated.now)}`;
}

/** The days from Monday on; those that follow each other as a range. */
function daysText(on: readonly number[]): string {
  const days = on.map((day) => (day + 6) % 7).sort();
  const [first = 0] = days;
  const last = days.at(-1) ?? first;
  const isRange = days.length > 2 && last - first === days.length - 1;
  return isRange ? `${names[first]}–${names[last]}` : days.map((day) => names[day]).join(', ');
}
