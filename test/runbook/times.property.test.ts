import * as fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import type {Json} from '../../source/data/json.ts';
import {durationOf} from '../../source/runbook/expression/durations.ts';
import {evaluate} from '../../source/runbook/expression/evaluate.ts';
import {timeOf} from '../../source/runbook/expression/times.ts';

/** Between 1970 and 2200, in ms. */
const moment = fc.integer({min: 0, max: Date.UTC(2200, 0, 1)});
const part = fc.integer({min: 0, max: 500});
const duration = fc
  .tuple(part, part, part, part, part)
  .filter((parts) => parts.some((one) => one > 0))
  .map((parts) => parts.map((count, at) => (count === 0 ? '' : `${count}${'wdhms'[at]}`)).join(''));
/** The same time, with another offset. */
const offset = fc.integer({min: -12, max: 14});

function asWritten(at: number, hours: number): string {
  const sign = hours < 0 ? '-' : '+';
  const local = new Date(at + hours * 3_600_000).toISOString().slice(0, -1);
  return `${local}${sign}${String(Math.abs(hours)).padStart(2, '0')}:00`;
}

function value(source: string, variables: {readonly [name: string]: Json}, now?: number): Json {
  return evaluate(source, {root: {}, variables, ...(now === undefined ? {} : {now})}, 'strict');
}

const iso = (at: number): string => new Date(at).toISOString();

describe('times in expressions', () => {
  it('a time and what a duration makes of it are as far apart as the duration says, and back again', () => {
    fc.assert(
      fc.property(moment, duration, (at, by) => {
        const later = value('later($at, $by)', {at: iso(at), by});
        expect(timeOf(String(later))).toBe(at + (durationOf(by) ?? NaN));
        expect(value('earlier($later, $by)', {later, by})).toBe(iso(at));
      }),
    );
  });

  it('time() writes every form of a moment in one, so that texts have the order of the times', () => {
    fc.assert(
      fc.property(moment, moment, offset, offset, (one, other, here, there) => {
        const variables = {one: asWritten(one, here), other: asWritten(other, there)};
        expect(value('time($one)', variables)).toBe(iso(one));
        expect(value('time($one) < time($other)', variables)).toBe(one < other);
        expect(value('time($one) == time($other)', variables)).toBe(one === other);
        expect(value('max([time($one), time($other)])', variables)).toBe(iso(Math.max(one, other)));
      }),
    );
  });

  it('older_than() and newer_than() are what now() and later() say', () => {
    fc.assert(
      fc.property(moment, moment, duration, (at, now, age) => {
        const variables = {at: iso(at), age};
        expect(value('older_than($at, $age) == (later($at, $age) < now())', variables, now)).toBe(true);
        expect(value('newer_than($at, $age) == (later($at, $age) > now())', variables, now)).toBe(true);
        expect(value('older_than($at, $age) && newer_than($at, $age)', variables, now)).toBe(false);
      }),
    );
  });

  it('a duration is the sum of its parts, and ISO 8601 says the same', () => {
    fc.assert(
      fc.property(part, part, part, part, (days, hours, minutes, seconds) => {
        const ms = (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
        expect(durationOf(`${days}d${hours}h${minutes}m${seconds}s`)).toBe(ms);
        expect(durationOf(`P${days}DT${hours}H${minutes}M${seconds}S`)).toBe(ms);
      }),
    );
  });
});
