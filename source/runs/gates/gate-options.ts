import type {Arguments} from '../../cli/command.ts';
import type {Option} from '../../cli/option.ts';
import {UsageError} from '../../cli/usage-error.ts';
import type {ChangeWindow, Gates} from '../../engine/model/happenings/gate.ts';
import {givenWindow} from './given-window.ts';
import {calendarHint, ssmCalendar} from './ssm-calendar.ts';
import {NoWindow} from './window-text.ts';

/** Options that say what the changes of a new run start under. */
export const gateOptions: readonly Option[] = [
  {
    name: 'ticket',
    value: 'ID',
    help: 'the change ticket: kept in the journal, the report and the names of role sessions',
  },
  {
    name: 'window',
    value: 'HOURS|FILE.ics',
    multiple: true,
    help: "start changes only in these hours, '22:00/04:00 Europe/Berlin', or during the events of a calendar; once for each",
  },
  {
    name: 'calendar',
    value: 'ssm:NAME',
    multiple: true,
    help: 'start changes only while this change calendar of Systems Manager is OPEN; ssm:ARN for one of elsewhere',
  },
];

/** Does not wait for a window or a calendar. */
export const overrideOption: Option = {
  name: 'override',
  value: 'REASON',
  help: 'start changes outside of the window or the calendar; the reason is kept in the journal and the report',
};

/** Names one more policy file to keep to. */
export const policyOption: Option = {
  name: 'policy',
  value: 'FILE',
  offers: 'files',
  help: 'keep to this policy too, beside those that are found: by HANDRAIL_POLICY, the runbook, and your defaults',
};

/** Returns the gates that were given; undefined where there are none. Throws {@link UsageError}. */
export function gatesFrom(args: Arguments): Gates | undefined {
  const ticket = args.text('ticket');
  const windows = args.texts('window').map(windowOption);
  if (ticket !== undefined && !/^[A-Za-z0-9][A-Za-z0-9._/#-]{0,63}$/.test(ticket)) {
    throw new UsageError('--ticket takes up to 64 letters, digits and ._/#-, such as CHG0031337');
  }
  const calendars = args.texts('calendar').map(calendarOption);
  if (ticket === undefined && windows.length === 0 && calendars.length === 0) return undefined;
  return {
    ...(ticket === undefined ? {} : {ticket}),
    ...(windows.length === 0 ? {} : {windows}),
    ...(calendars.length === 0 ? {} : {calendars}),
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

function calendarOption(text: string): string {
  const calendar = ssmCalendar(text);
  if (calendar === undefined) throw new UsageError(`--calendar ${text}: ${calendarHint}`);
  return calendar;
}

function windowOption(text: string): ChangeWindow {
  try {
    return givenWindow(text, '.', Date.now());
  } catch (error) {
    if (!(error instanceof NoWindow)) throw error;
    throw new UsageError(`--window ${text}: ${error.message}`);
  }
}
