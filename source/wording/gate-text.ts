import type {ChangeWindow} from '../engine/model/happenings/gate.ts';
import type {Policy} from '../engine/model/happenings/policy.ts';
import {allClosedUntil, windowListsOf, type Gated} from '../engine/queries/change-window.ts';
import type {RunState} from '../engine/model/state.ts';
import {moment} from '../text/time.ts';

const names = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** Returns a window in words: `Sat, Sun 22:00 to 04:00 Europe/Berlin`. */
export function windowText({from, to, timeZone, days}: ChangeWindow): string {
  const on = days === undefined || days.length === names.length ? '' : `${daysText(days)} `;
  return `${on}${from} to ${to} ${timeZone}`;
}

/** Returns all windows of a run or a fleet in words; undefined where it has none. */
export function windowsText({started, policy}: Gated): string | undefined {
  const own = started?.gates?.windows ?? [];
  const lists = [
    ...(own.length === 0 ? [] : [listText(own)]),
    ...(policy?.windows ?? []).map((windows) => `${listText(windows)} (the policy)`),
  ];
  return lists.length === 0 ? undefined : lists.join(', and only in ');
}

function listText(windows: readonly ChangeWindow[]): string {
  return windows.map(windowText).join(' and ');
}

/** Returns the files of a policy in few words. */
export function policyText({files}: Policy): string {
  return files.map(({file, sha256}) => `${file}, SHA-256 ${sha256.slice(0, 12)}…`).join('; ');
}

/** Returns when the closed gate opens, by this host's clock; undefined while changes may start. */
export function opensText({gate, now}: RunState): string | undefined {
  return gate === undefined ? undefined : `opens at ${moment(gate.until, now)}`;
}

/** Returns when the changes that are asked about may start; undefined where there is no window. */
export function startText(
  gated: Gated & {readonly overridden?: object | undefined; readonly now: number},
): string | undefined {
  const windows = windowsText(gated);
  if (windows === undefined) return undefined;
  if (gated.overridden !== undefined) return `${windows}, which is not waited for`;
  const until = allClosedUntil(windowListsOf(gated), gated.now);
  return until === undefined
    ? `${windows}: open, changes start at once`
    : `${windows}: changes start at ${moment(until, gated.now)}`;
}

/** The days from Monday on; those that follow each other as a range. */
function daysText(on: readonly number[]): string {
  const days = on.map((day) => (day + 6) % 7).sort();
  const [first = 0] = days;
  const last = days.at(-1) ?? first;
  const isRange = days.length > 2 && last - first === days.length - 1;
  return isRange ? `${names[first]}–${names[last]}` : days.map((day) => names[day]).join(', ');
}
