import {dayMs} from './civil.ts';
import {NoCalendar, oneOf, type Component, type Property} from './content-lines.ts';
import type {Patience} from './recurrence.ts';
import type {Moment} from './values.ts';
import {describedZone, namedZone, utc, type Zone} from './zones.ts';

/** Returns the zone of a property's times. */
export type Zones = (property: Property, moment: Moment) => Zone;

/** Returns how a calendar's times are read. `zone` is that of times without one, where it is known. */
export function zonesOf(
  calendar: Component,
  {to, zone}: {readonly to: number; readonly zone?: Zone},
  patience: Patience,
): Zones {
  const last = Math.ceil(to / dayMs) + 2;
  const described = new Map<string, Component>();
  for (const one of calendar.components.filter(({name}) => name === 'VTIMEZONE'))
    described.set(oneOf(one, 'TZID')?.value.trim() ?? '', one);
  const known = new Map<string, Zone>();
  const zoneOf = (name: string, line: number): Zone => {
    const component = described.get(name);
    const found =
      known.get(name) ??
      namedZone(name) ??
      (component === undefined ? undefined : describedZone(component, last, patience));
    if (found === undefined)
      throw new NoCalendar(
        line,
        `the time zone ${name} is not known, and the file does not describe it (VTIMEZONE)`,
      );
    known.set(name, found);
    return found;
  };
  const own = oneOf(calendar, 'X-WR-TIMEZONE');
  return (property, {isUtc}) => {
    const name = property.parameter('TZID');
    if (isUtc && name !== undefined)
      throw new NoCalendar(property.line, 'a time in UTC (Z) has no other time zone (TZID)');
    if (isUtc) return utc;
    if (name !== undefined) return zoneOf(name, property.line);
    if (zone !== undefined) return zone;
    if (own !== undefined) return zoneOf(own.value.trim(), own.line);
    throw new NoCalendar(
      property.line,
      `${property.name} has no time zone: name one behind the file, as in 'FILE.ics Europe/Berlin'`,
    );
  };
}

/** Returns how the times of an event are read: those without a zone go by that of its start. */
export function zonesBeside(start: Zone, zones: Zones): Zones {
  return (property, moment) =>
    moment.isUtc || property.parameter('TZID') !== undefined ? zones(property, moment) : start;
}
