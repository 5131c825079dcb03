import {zonesOf} from './calendar-zones.ts';
import {dayMs} from './civil.ts';
import {componentsOf, NoCalendar, oneOf, type Component, type Property} from './content-lines.ts';
import {eventOf, namedIn, valueOf, type Named, type ReadEvent} from './event.ts';
import {daysOf, ruleOf, type Patience, type Rule} from './recurrence.ts';
import {localOf, momentIn, untilOf, type Moment} from './values.ts';
import {instantOf, type Zone} from './zones.ts';

/** First and last moment in which changes may start (ms since the epoch). */
export type Opening = readonly [from: number, to: number];

/** What a calendar is read with. */
interface Reading {
  /** Openings that begin later are not looked for (ms since the epoch). */
  readonly to: number;
  /** The zone of whole days and of times without one; absent where nobody says it. */
  readonly zone?: Zone;
}

/** Days in which repetitions are looked for, over all events. */
const mostDays = 500_000;

/**
 * Returns when a calendar's events take place, in order; those that overlap are one. Throws {@link NoCalendar} for a
 * calendar of which anything is not understood: a window is never guessed.
 */
export function openingsOf(text: string, reading: Reading): readonly Opening[] {
  const calendars = componentsOf(text);
  const patience: Patience = {days: mostDays};
  return joined(calendars.flatMap((calendar) => inCalendar(calendar, reading, patience)));
}

function inCalendar(calendar: Component, reading: Reading, patience: Patience): readonly Opening[] {
  if (calendar.name !== 'VCALENDAR')
    throw new NoCalendar(calendar.line, `this is a ${calendar.name}, no calendar`);
  refuseOtherMeaning(calendar);
  const zones = zonesOf(calendar, reading, patience);
  const events = calendar.components.filter(({name}) => name === 'VEVENT').map((one) => eventOf(one, zones));
  const replaced = replacements(events);
  return events.flatMap((event) => occurrences(event, replaced, reading, patience));
}

/** Refuses calendars whose events are no windows. */
function refuseOtherMeaning(calendar: Component): void {
  const method = oneOf(calendar, 'METHOD');
  if (method?.value.trim().toUpperCase() === 'CANCEL')
    throw new NoCalendar(method.line, 'this calendar takes events back (METHOD:CANCEL)');
  const kind = oneOf(calendar, 'X-CALENDAR-TYPE');
  if (kind?.value.trim().toUpperCase() === 'DEFAULT_OPEN')
    throw new NoCalendar(
      kind.line,
      'the events of this calendar are the times when it is closed (DEFAULT_OPEN)',
    );
}

/** The occurrences that other events stand for, by the repeated event. Throws for events that cannot be told apart. */
function replacements(events: readonly ReadEvent[]): ReadonlyMap<string, readonly Named[]> {
  const masters = new Map<string, ReadEvent>();
  const found = new Map<string, Named[]>();
  for (const event of events) {
    const {uid, instead, line} = event;
    if (uid === undefined) continue;
    if (instead !== undefined) {
      found.set(uid, [...(found.get(uid) ?? []), instead]);
      continue;
    }
    const other = masters.get(uid);
    if (other !== undefined)
      throw new NoCalendar(
        line,
        `the event has the UID of that of line ${other.line}: which one counts is not known`,
      );
    masters.set(uid, event);
  }
  return found;
}

function occurrences(
  event: ReadEvent,
  replaced: ReadonlyMap<string, readonly Named[]>,
  reading: Reading,
  patience: Patience,
): readonly Opening[] {
  const {component, zone, zones, counts, instead, uid, endOf} = event;
  if (!counts) return [];
  const except = component.properties
    .filter(({name}) => name === 'EXDATE')
    .flatMap((property) => property.value.split(',').map((text) => namedIn(property, text, zones)));
  const others = instead === undefined && uid !== undefined ? (replaced.get(uid) ?? []) : [];
  const out = [...except, ...others];
  return startsOf(event, reading, patience).flatMap((local): readonly Opening[] => {
    const at = instantOf(zone, local);
    const day = Math.floor(local / dayMs);
    const isOut = out.some((one) => (one.at === undefined ? one.day === day : one.at === at));
    const to = endOf(local, at);
    return isOut || to <= at || at > reading.to ? [] : [[at, to]];
  });
}

/** The moments at which an event's occurrences begin, by its own clock. */
function startsOf(
  {component, start, zone, zones, isFloating, instead}: ReadEvent,
  {to}: Reading,
  patience: Patience,
): readonly number[] {
  const addedIn = (property: Property, text: string): number => {
    const moment = valueOf(property, text);
    if ((moment.time === undefined) !== (start.time === undefined))
      throw new NoCalendar(property.line, 'RDATE and DTSTART are both dates, or both times');
    const its = zones(property, moment);
    const at = instantOf(its, localOf(moment));
    return its === zone ? localOf(moment) : at + zone.offsetAt(at);
  };
  const dates = component.properties
    .filter(({name}) => name === 'RDATE')
    .flatMap((property) => property.value.split(',').map((text) => addedIn(property, text)));
  const rule = oneOf(component, 'RRULE');
  if (rule === undefined) return [localOf(start), ...dates];
  if (instead !== undefined) throw new NoCalendar(rule.line, 'one occurrence (RECURRENCE-ID) has no RRULE');
  const read = ruleOf(rule.value, rule.line);
  refuseOtherUntil(read, {start, isFloating, line: rule.line});
  const until = untilOf(read, rule.line, (local) => instantOf(zone, local));
  const last = Math.ceil(to / dayMs) + 1;
  const days = [...daysOf(read, {from: start.day, last, line: rule.line}, patience)];
  if (days[0] !== start.day && start.day <= last)
    throw new NoCalendar(rule.line, 'the event begins on a day that its RRULE does not mean');
  const repeated = days.map((day) => day * dayMs + (start.time ?? 0));
  return [...repeated.filter((local) => instantOf(zone, local) <= until), ...dates];
}

/** Refuses an UNTIL of which it is not clear what moment it is. */
function refuseOtherUntil(
  {until}: Rule,
  {start, isFloating, line}: {readonly start: Moment; readonly isFloating: boolean; readonly line: number},
): void {
  if (until === undefined) return;
  const moment = momentIn(until, line);
  if (moment.isUtc) return;
  const isDate = start.time === undefined;
  if ((moment.time === undefined) !== isDate || (!isDate && !isFloating))
    throw new NoCalendar(line, 'UNTIL has to be in UTC (Z), as DTSTART has a time zone');
}

/** Returns openings in order; those that overlap or follow each other at once are one. */
function joined(openings: readonly Opening[]): readonly Opening[] {
  const found: [number, number][] = [];
  for (const [from, to] of [...openings].sort(([one], [other]) => one - other)) {
    const last = found.at(-1);
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to);
    else found.push([from, to]);
  }
  return found;
}
