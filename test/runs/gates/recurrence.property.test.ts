import {createRequire} from 'node:module';
import {
  assert,
  constantFrom,
  integer,
  option,
  property,
  record,
  uniqueArray,
  type Arbitrary,
} from 'fast-check';
import {expect, it} from 'vitest';
import {dayMs, dayOf} from '../../../source/runs/gates/calendar/civil.ts';
import {daysOf, ruleOf} from '../../../source/runs/gates/calendar/recurrence.ts';

// Its module for imports is not one for Node.
const {RRule} = createRequire(import.meta.url)('rrule') as typeof import('rrule');

const weekday = constantFrom('MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU');
const list = <T>(one: Arbitrary<T>, maxLength = 3): Arbitrary<readonly T[]> =>
  uniqueArray(one, {minLength: 1, maxLength});
const number = (most: number): Arbitrary<number> =>
  integer({min: -most, max: most}).filter((value) => value !== 0);

/** A rule's parts that fit together, in the standard's own words. */
const rule: Arbitrary<string> = record({
  freq: constantFrom('DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'),
  interval: integer({min: 1, max: 4}),
  days: option(list(weekday)),
  numbered: option(list(record({nth: number(4), day: weekday}).map(({nth, day}) => `${nth}${day}`))),
  ofMonth: option(list(number(28))),
  months: option(list(integer({min: 1, max: 12}))),
  position: option(number(3)),
  weekStart: weekday,
}).map(({freq, interval, days, numbered, ofMonth, months, position, weekStart}) => {
  const long = freq === 'MONTHLY' || freq === 'YEARLY';
  const parts = [`FREQ=${freq}`, `INTERVAL=${interval}`, `WKST=${weekStart}`];
  if (months !== null) parts.push(`BYMONTH=${months.join(',')}`);
  if (freq === 'MONTHLY' && days !== null && position !== null)
    parts.push(`BYDAY=${days.join(',')}`, `BYSETPOS=${position}`);
  else if (long && numbered !== null) parts.push(`BYDAY=${numbered.join(',')}`);
  else if (days !== null && (freq === 'DAILY' || freq === 'WEEKLY')) parts.push(`BYDAY=${days.join(',')}`);
  else if (ofMonth !== null && freq === 'MONTHLY') parts.push(`BYMONTHDAY=${ofMonth.join(',')}`);
  else if (ofMonth !== null && freq === 'YEARLY' && months !== null)
    parts.push(`BYMONTHDAY=${ofMonth.join(',')}`);
  return parts.join(';');
});

/** The days of a rule by rrule, which is python-dateutil's in JavaScript. */
function byLibrary(text: string, from: number, last: number): readonly number[] {
  const dtstart = new Date(from * dayMs);
  const its = new RRule({...RRule.parseString(text), dtstart});
  return its.between(dtstart, new Date(last * dayMs), true).map((date) => date.getTime() / dayMs);
}

it('repeats on the days on which rrule repeats', () => {
  const start = integer({
    min: dayOf({year: 2024, month: 1, day: 1}),
    max: dayOf({year: 2026, month: 12, day: 31}),
  });
  assert(
    property(rule, start, (text, day) => {
      const read = ruleOf(text, 1);
      // An event begins on a day that its rule means: where it does not, programs differ.
      const [from] = daysOf(read, {from: day, last: day + 3000, line: 1}, {days: 100_000});
      if (from === undefined) return;
      const last = from + 900;
      const ours = [...daysOf(read, {from, last, line: 1}, {days: 100_000})];
      expect(ours).toEqual(byLibrary(text, from, last));
    }),
  );
});
