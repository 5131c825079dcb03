import {zonesBeside, type Zones} from './calendar-zones.ts';
import {dayMs} from './civil.ts';
import {NoCalendar, oneOf, type Component, type Property} from './content-lines.ts';
import {localOf, momentIn, spanIn, type Moment} from './values.ts';
import {instantOf, type Zone} from './zones.ts';

/** An event, read as far as it matters here. */
export interface ReadEvent {
  readonly component: Component;
  readonly line: number;
  readonly uid: string | undefined;
  readonly start: Moment;
  readonly zone: Zone;
  /** Whether its times have no zone of their own. */
  readonly isFloating: boolean;
  /** False for those that are cancelled or not settled yet. */
  readonly counts: boolean;
  /** The occurrence of a repeated event that it stands for. */
  readonly instead?: Named;
  /** How its other times are read. */
  readonly zones: Zones;
  /** Returns the end of an occurrence (ms since the epoch). */
  readonly endOf: (local: number, at: number) => number;
}

/** An occurrence that is named: by its moment, or by its day where only that is given. */
export interface Named {
  readonly at?: number;
  readonly day: number;
}

/** Reads an event. Throws {@link NoCalendar} where anything of it is not understood. */
export function eventOf(component: Component, calendar: Zones): ReadEvent {
  const written = oneOf(component, 'DTSTART');
  if (written === undefined) throw new NoCalendar(component.line, 'the event has no DTSTART');
  const exrule = component.properties.find(({name}) => name === 'EXRULE');
  if (exrule !== undefined) throw new NoCalendar(exrule.line, 'EXRULE is not understood');
  const start = valueOf(written, written.value);
  const zone = calendar(written, start);
  const zones = zonesBeside(zone, calendar);
  const counts = countsOf(component);
  const id = oneOf(component, 'RECURRENCE-ID');
  if (id?.parameter('RANGE') !== undefined)
    throw new NoCalendar(id.line, 'a change of this and all later occurrences (RANGE) is not understood');
  return {
    component,
    line: component.line,
    uid: oneOf(component, 'UID')?.value.trim(),
    start,
    zone,
    isFloating: !start.isUtc && written.parameter('TZID') === undefined,
    counts,
    ...(id === undefined ? {} : {instead: namedIn(id, id.value, zones)}),
    zones,
    endOf: counts ? endsOf(component, {start, zone, line: written.line}, zones) : (_, at) => at,
  };
}

/** Reads a property's date or time, and checks that it is what VALUE says. */
export function valueOf(property: Property, text: string): Moment {
  const moment = momentIn(text, property.line);
  const kind =
    property.parameter('VALUE')?.toUpperCase() ?? (moment.time === undefined ? 'DATE' : 'DATE-TIME');
  const fits = kind === (moment.time === undefined ? 'DATE' : 'DATE-TIME');
  if (!fits)
    throw new NoCalendar(
      property.line,
      `VALUE=${kind} of ${property.name} does not fit or is not understood`,
    );
  return moment;
}

function countsOf(component: Component): boolean {
  const status = oneOf(component, 'STATUS');
  const word = status?.value.trim().toUpperCase() ?? 'CONFIRMED';
  if (!['CONFIRMED', 'TENTATIVE', 'CANCELLED'].includes(word))
    throw new NoCalendar(status?.line ?? component.line, `STATUS:${word} is not understood`);
  return word === 'CONFIRMED';
}

/** Reads the moment or the day of an occurrence. */
export function namedIn(property: Property, text: string, zones: Zones): Named {
  const moment = valueOf(property, text);
  const {day} = moment;
  if (moment.time === undefined) return {day};
  return {day, at: instantOf(zones(property, moment), localOf(moment))};
}

/** How the occurrences of an event end. */
function endsOf(
  component: Component,
  {start, zone, line}: {readonly start: Moment; readonly zone: Zone; readonly line: number},
  zones: Zones,
): ReadEvent['endOf'] {
  const [end, duration] = [oneOf(component, 'DTEND'), oneOf(component, 'DURATION')];
  const isDate = start.time === undefined;
  if (end !== undefined && duration !== undefined)
    throw new NoCalendar(duration.line, 'DTEND and DURATION exclude each other');
  if (duration !== undefined) {
    const {days, ms} = spanIn(duration.value, duration.line);
    if (isDate && ms !== 0) throw new NoCalendar(duration.line, 'a whole day lasts days, not hours');
    if (days === 0 && ms === 0) throw new NoCalendar(duration.line, 'the event lasts no time');
    return (local) => instantOf(zone, local + days * dayMs) + ms;
  }
  if (end === undefined) {
    if (!isDate) throw new NoCalendar(line, 'the event has neither DTEND nor DURATION');
    return (local) => instantOf(zone, local + dayMs);
  }
  const last = valueOf(end, end.value);
  if ((last.time === undefined) !== isDate)
    throw new NoCalendar(end.line, 'DTSTART and DTEND are both dates, or both times');
  const endZone = isDate ? zone : zones(end, last);
  const first = instantOf(zone, localOf(start));
  const exact = instantOf(endZone, localOf(last)) - first;
  if (exact <= 0) throw new NoCalendar(end.line, 'the event ends before it begins');
  const byClock = localOf(last) - localOf(start);
  if (isDate) return (local) => instantOf(zone, local + byClock);
  if (endZone !== zone) return (_, at) => at + exact;
  // The standard counts the hours, and many programs go by the clock. Where clocks are moved, the earlier end counts.
  return (local, at) => Math.min(at + exact, instantOf(zone, local + byClock));
}
