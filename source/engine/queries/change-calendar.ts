import type {CalendarState, Gates} from '../model/happenings/gate.ts';
import type {Policy} from '../model/happenings/policy.ts';

/** An answer of OPEN counts for so long (ms): it is asked for before each step that changes something. */
const freshMs = 10_000;

/** A closed calendar is asked again after so long (ms): somebody may open it by hand. */
const closedAgainMs = 300_000;

/** A calendar whose state is not known is asked again after so long (ms). */
const unknownAgainMs = 60_000;

/** What a calendar said last, and when (ms since the epoch). */
export type ToldState = Omit<CalendarState, 'type' | 'calendar'> & {readonly at: number};

/** A run, as far as its calendars go. */
export interface Calendared {
  readonly started?: {readonly gates?: Gates | undefined} | undefined;
  readonly policy?: Pick<Policy, 'calendars'> | undefined;
  readonly calendars?: {readonly [calendar: string]: ToldState} | undefined;
}

/** Returns the change calendars that have to be open: those of the run, and of its policies. */
export function calendarsOf({started, policy}: Calendared): readonly string[] {
  return [...new Set([...(started?.gates?.calendars ?? []), ...(policy?.calendars ?? [])])];
}

/** A calendar that holds changes up. */
export interface ClosedCalendar {
  readonly calendar: string;
  /** When it opens, as far as AWS says; else when it is asked again (ms since the epoch). */
  readonly until: number;
  /** When it is asked again (ms since the epoch). */
  readonly again: number;
}

/** Returns the calendar that holds changes up at `now`, or those to ask first; undefined where all are open. */
export function heldByCalendar(
  run: Calendared,
  now: number,
): ClosedCalendar | {readonly ask: readonly string[]} | undefined {
  const all = calendarsOf(run).map((calendar) => ({calendar, told: run.calendars?.[calendar]}));
  const isDue = ({told}: (typeof all)[number]): boolean => told === undefined || now >= askedAgainAt(told);
  const shut = all.filter(({told}) => told?.state !== 'OPEN');
  // Those that are open need not be asked while another one is closed.
  const ask = shut.some(isDue) || shut.length === 0 ? all.filter(isDue) : [];
  if (ask.length > 0) return {ask: ask.map(({calendar}) => calendar)};
  const closed = shut.flatMap(({calendar, told}): readonly ClosedCalendar[] => {
    if (told === undefined) return [];
    const again = askedAgainAt(told);
    return [{calendar, until: told.nextTransitionTime ?? again, again}];
  });
  const [first, ...others] = closed;
  if (first === undefined) return undefined;
  const last = others.reduce((latest, one) => (one.until > latest.until ? one : latest), first);
  return {...last, again: Math.min(...closed.map(({again}) => again))};
}

/** Returns when a calendar is asked again (ms since the epoch). */
export function askedAgainAt({state, at, nextTransitionTime = Infinity}: ToldState): number {
  const ms = state === 'OPEN' ? freshMs : state === 'CLOSED' ? closedAgainMs : unknownAgainMs;
  return Math.min(at + ms, nextTransitionTime);
}
