import {
  array,
  assert,
  constantFrom,
  integer,
  nat,
  option,
  property,
  record,
  tuple,
  uniqueArray,
  type Arbitrary,
} from 'fast-check';
import {expect, it} from 'vitest';
import {closedUntil, isOpen} from '../../../source/engine/queries/change-window.ts';
import type {ChangeWindow} from '../../../source/engine/model/happenings/gate.ts';

const two = (value: number): string => String(value).padStart(2, '0');
const time = tuple(integer({min: 0, max: 23}), integer({min: 0, max: 59})).map(
  ([hours, minutes]) => `${two(hours)}:${two(minutes)}`,
);

// Clocks that are moved by an hour, by half an hour and never; half hours and quarters from UTC.
const timeZone = constantFrom(
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Pacific/Auckland',
);

const window: Arbitrary<ChangeWindow> = record({
  from: time,
  to: time,
  timeZone,
  days: option(uniqueArray(integer({min: 0, max: 6}), {minLength: 1}), {nil: undefined}),
})
  .filter(({from, to}) => from !== to)
  .map(({days, ...rest}) => ({...rest, ...(days === undefined ? {} : {days})}));

// A year with every move of a clock in it.
const moment = integer({min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 0, 1)});

it('is closed until the first minute in which a window is open', () => {
  assert(
    property(array(window, {minLength: 1, maxLength: 3}), moment, nat(), (windows, now, chance) => {
      const open = (at: number): boolean => windows.some((one) => isOpen(one, at));
      const until = closedUntil(windows, now);
      expect(until === undefined).toBe(open(now));
      if (until === undefined) return;
      expect(until).toBeGreaterThan(now);
      expect(open(until)).toBe(true);
      expect(open(until - 60_000)).toBe(false);
      const between = now + (chance % (until - now));
      expect(open(between)).toBe(false);
    }),
  );
});

const berlin: ChangeWindow = {from: '22:00', to: '04:00', timeZone: 'Europe/Berlin'};
const at = (text: string): number => Date.parse(text);

it.each([
  ['in summer', '2026-07-01T10:00:00Z', '2026-07-01T20:00:00Z'],
  ['in winter', '2026-12-01T10:00:00Z', '2026-12-01T21:00:00Z'],
  ['across the night in which the clock goes back', '2026-10-25T10:00:00Z', '2026-10-25T21:00:00Z'],
])('opens at ten in the evening there, %s', (_, now, until) => {
  expect(closedUntil([berlin], at(now))).toBe(at(until));
});

it('is open over midnight by the day on which it opened', () => {
  const saturdays = {...berlin, days: [6]};
  // 2026-11-28 is a Saturday.
  expect(isOpen(saturdays, at('2026-11-28T22:00:00Z'))).toBe(true);
  expect(isOpen(saturdays, at('2026-11-29T02:59:00Z'))).toBe(true);
  expect(isOpen(saturdays, at('2026-11-29T03:00:00Z'))).toBe(false);
  expect(isOpen(saturdays, at('2026-11-28T02:00:00Z'))).toBe(false);
});

it('passes over a night whose hour the clock skips', () => {
  // Berlin has no 02:15 on 2026-03-29, a Sunday.
  const skipped: ChangeWindow = {from: '02:15', to: '02:45', timeZone: 'Europe/Berlin', days: [0]};
  expect(closedUntil([skipped], at('2026-03-28T12:00:00Z'))).toBe(at('2026-04-05T00:15:00Z'));
});
