import type {HoursWindow} from '../../engine/model/happenings/gate.ts';

/** A text is no window; the message says why. */
export class NoWindow extends Error {
  override readonly name = 'NoWindow';
}

const written = /^(?:(\S+) +)?([0-9]{2}:[0-9]{2})\/([0-9]{2}:[0-9]{2}) +(\S+)$/;

/** Returns the window that a text such as `22:00/04:00 Europe/Berlin` is about. Throws {@link NoWindow}. */
export function windowFrom(text: string): HoursWindow {
  const [, days, from = '', to = '', zone = ''] = written.exec(text.trim()) ?? [];
  if (from === '')
    throw new NoWindow(
      "write it as '22:00/04:00 Europe/Berlin' or 'mon-fri 22:00/04:00 UTC', or name a calendar, FILE.ics",
    );
  for (const time of [from, to])
    if (!/^([01][0-9]|2[0-3]):[0-5][0-9]$/.test(time)) throw new NoWindow(`${time} is no time of a day`);
  if (from === to) throw new NoWindow('it is never open');
  const timeZone = timeZoneOf(zone);
  if (timeZone === undefined)
    throw new NoWindow(`${zone} is no time zone; write UTC or a name such as Europe/Berlin`);
  return {from, to, timeZone, ...(days === undefined ? {} : {days: daysOf(days)})};
}

const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** The days of `mon-fri` or `sat,sun`, in order. A range may go over the end of the week. */
function daysOf(written: string): readonly number[] {
  const days = written.split(',').flatMap((part) => {
    const [first = '', last = first, ...more] = part.toLowerCase().split('-');
    const [one, other] = [weekdays.indexOf(first), weekdays.indexOf(last)];
    if (one < 0 || other < 0 || more.length > 0)
      throw new NoWindow(`${part} is no day; write mon, mon-fri or sat,sun`);
    return Array.from({length: ((other - one + 7) % 7) + 1}, (_, ahead) => (one + ahead) % 7);
  });
  return [...new Set(days)].sort();
}

/** Returns a time zone's name as the IANA database has it; undefined where it has none. */
export function timeZoneOf(name: string): string | undefined {
  // An offset such as +02:00 does not know when clocks are moved.
  if (!/^[A-Za-z]/.test(name)) return undefined;
  try {
    return new Intl.DateTimeFormat('en-US', {timeZone: name}).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}
