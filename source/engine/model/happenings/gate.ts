import type {Fault} from '../fault.ts';

/** Hours of the day, in a time zone, in which changes may start. */
export interface HoursWindow {
  /** First minute, as `22:00`. */
  readonly from: string;
  /** The minute at which it closes, as `04:00`; on the next day where that is earlier than `from`. */
  readonly to: string;
  /** A name of the IANA time zone database. */
  readonly timeZone: string;
  /** Days on which it opens, 0 for Sunday; every day when absent. */
  readonly days?: readonly number[];
}

/** The events of an iCalendar file, while which changes may start. */
export interface CalendarWindow {
  /** The file. */
  readonly calendar: string;
  /** The time zone that was named for times that have none in the file. */
  readonly timeZone?: string;
  /** SHA-256, in hex, of the file. */
  readonly sha256: string;
  /** When it is open, in order: first and last moment (ms since the epoch). The last one is not in it. */
  readonly opens: readonly (readonly [from: number, to: number])[];
  /** What it says from here on is not known: it counts as closed (ms since the epoch). */
  readonly knownUntil: number;
}

/** A time in which changes may start. */
export type ChangeWindow = HoursWindow | CalendarWindow;

/** The rules that a run's changes start under, beside the operator's consent. */
export interface Gates {
  /** The change ticket that the run belongs to. */
  readonly ticket?: string;
  /** Changes start only while one of these is open. */
  readonly windows?: readonly ChangeWindow[];
  /** Change calendars of Systems Manager, by name or ARN: changes start only while each is OPEN. */
  readonly calendars?: readonly string[];
}

/** What Systems Manager said about a change calendar. */
export interface CalendarState {
  readonly type: 'calendar-state';
  /** Its name or its ARN. */
  readonly calendar: string;
  /** `UNKNOWN` where AWS gave no answer: it counts as closed. */
  readonly state: 'OPEN' | 'CLOSED' | 'UNKNOWN';
  /** When it changes next, as far as AWS says (ms since the epoch). */
  readonly nextTransitionTime?: number;
  /** Why it is not known. */
  readonly fault?: Fault;
}

/** A gate held up the changes of a run, or let them go on. */
export type GateEvent =
  | {
      readonly type: 'gate-closed';
      /** The next time that a window opens (ms since the epoch). */
      readonly until: number;
      /** No time is known at which one opens: `until` is the last one that was looked at. */
      readonly never?: true;
      /** The change calendar that is closed, where it is not a window. */
      readonly calendar?: string;
    }
  | CalendarState
  | {
      readonly type: 'gate-opened';
      /** The step from which the world is looked at again, since time has passed. */
      readonly lookAgainFrom?: string;
    }
  /** The operator does not wait for a window. */
  | {readonly type: 'gate-overridden'; readonly by: string; readonly reason: string};
