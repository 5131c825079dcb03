import type {ChangeWindow} from '../engine/model/happenings/gate.ts';
import type {RunState} from '../engine/model/state.ts';
import {moment} from '../text/time.ts';

const names = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** Returns a window in words: `Sat, Sun 22:00 to 04:00 Europe/Berlin`. */
export function windowText({from, to, timeZone, days}: ChangeWindow): string {
  const on = days === undefined || days.length === names.length ? '' : `${daysText(days)} `;
  return `${on}${from} to ${to} ${timeZone}`;
}

/** Returns all windows of a run in words; undefined where it has none. */
export function windowsText({started}: RunState): string | undefined {
  const windows = started?.gates?.windows ?? [];
  return windows.length === 0 ? undefined : windows.map(windowText).join(' and ');
}

/** Returns when the closed gate opens, by this host's clock; undefined while changes may start. */
export function opensText({gate, now}: RunState): string | undefined {
  return gate === undefined ? undefined : `opens at ${moment(gate.until, now)}`;
}

/** The days from Monday on; those that follow each other as a range. */
function daysText(on: readonly number[]): string {
  const days = on.map((day) => (day + 6) % 7).sort();
  const [first = 0] = days;
  const last = days.at(-1) ?? first;
  const isRange = days.length > 2 && last - first === days.length - 1;
  return isRange ? `${names[first]}–${names[last]}` : days.map((day) => names[day]).join(', ');
}
