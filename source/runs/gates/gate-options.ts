import type {Arguments} from '../../cli/command.ts';
import type {Option} from '../../cli/option.ts';
import {UsageError} from '../../cli/usage-error.ts';
import type {ChangeWindow, Gates} from '../../engine/model/happenings/gate.ts';

/** Options that say what the changes of a new run start under. */
export const gateOptions: readonly Option[] = [
  {
    name: 'ticket',
    value: 'ID',
    help: 'the change ticket: kept in the journal, the report and the names of role sessions',
  },
  {
    name: 'window',
    value: 'HOURS',
    multiple: true,
    help: "start changes only in these hours: '22:00/04:00 Europe/Berlin', 'sat-sun 08:00/18:00 UTC'; once for each",
  },
];

/** Does not wait for a window. */
export const overrideOption: Option = {
  name: 'override',
  value: 'REASON',
  help: 'start changes outside of the window; the reason is kept in the journal and the report',
};

/** Returns the gates that were given; undefined where there are none. Throws {@link UsageError}. */
export function gatesFrom(args: Arguments): Gates | undefined {
  const ticket = args.text('ticket');
  const windows = args.texts('window').map(windowFrom);
  if (ticket !== undefined && !/^[A-Za-z0-9][A-Za-z0-9._/#-]{0,63}$/.test(ticket)) {
    throw new UsageError('--ticket takes up to 64 letters, digits and ._/#-, such as CHG0031337');
  }
  if (ticket === undefined && windows.length === 0) return undefined;
  return {
    ...(ticket === undefined ? {} : {ticket}),
    ...(windows.length === 0 ? {} : {windows}),
  };
}

/** Returns the reason for not waiting, in a line. Throws {@link UsageError}. */
export function overrideFrom(args: Arguments): string | undefined {
  const reason = args.text('override')?.trim();
  if (reason === undefined) return undefined;
  if (reason.length < 8 || reason.length > 500)
    throw new UsageError('--override takes a reason of 8 to 500 characters: the report shows it');
  return reason;
}

const written = /^(?:(\S+) +)?([0-9]{2}:[0-9]{2})\/([0-9]{2}:[0-9]{2}) +(\S+)$/;

function windowFrom(text: string): ChangeWindow {
  const [, days, from = '', to = '', zone = ''] = written.exec(text.trim()) ?? [];
  if (from === '') throw notA(text, "write it as '22:00/04:00 Europe/Berlin' or 'mon-fri 22:00/04:00 UTC'");
  for (const time of [from, to])
    if (!/^([01][0-9]|2[0-3]):[0-5][0-9]$/.test(time)) throw notA(text, `${time} is no time of a day`);
  if (from === to) throw notA(text, 'it is never open');
  const timeZone = timeZoneOf(zone);
  if (timeZone === undefined)
    throw notA(text, `${zone} is no time zone; write UTC or a name such as Europe/Berlin`);
  return {from, to, timeZone, ...(days === undefined ? {} : {days: daysOf(days, text)})};
}

const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** The days of `mon-fri` or `sat,sun`, in order. A range may go over the end of the week. */
function daysOf(written: string, text: string): readonly number[] {
  const days = written.split(',').flatMap((part) => {
    const [first = '', last = first, ...more] = part.toLowerCase().split('-');
    const [one, other] = [weekdays.indexOf(first), weekdays.indexOf(last)];
    if (one < 0 || other < 0 || more.length > 0)
      throw notA(text, `${part} is no day; write mon, mon-fri or sat,sun`);
    return Array.from({length: ((other - one + 7) % 7) + 1}, (_, ahead) => (one + ahead) % 7);
  });
  return [...new Set(days)].sort();
}

function timeZoneOf(name: string): string | undefined {
  // An offset such as +02:00 does not know when clocks are moved.
  if (!/^[A-Za-z]/.test(name)) return undefined;
  try {
    return new Intl.DateTimeFormat('en-US', {timeZone: name}).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}

function notA(text: string, why: string): UsageError {
  return new UsageError(`--window ${text}: ${why}`);
}
