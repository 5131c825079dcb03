import {describe, expect, it} from 'vitest';
import {gateOptions, gatesFrom, overrideFrom, overrideOption} from '../../source/runs/gates/gate-options.ts';
import {UsageError} from '../../source/cli/usage-error.ts';
import {windowText} from '../../source/wording/gate-text.ts';

function given(values: {readonly [option: string]: string | readonly string[]}) {
  return {
    positionals: [],
    flag: () => false,
    text: (name: string) => (typeof values[name] === 'string' ? values[name] : undefined),
    texts: (name: string) => (Array.isArray(values[name]) ? values[name] : []),
  };
}

const windowOf = (text: string) => gatesFrom(given({window: [text]}))?.windows?.[0];

describe('--window', () => {
  it.each([
    ['22:00/04:00 Europe/Berlin', '22:00 to 04:00 Europe/Berlin'],
    ['  sat,sun   08:00/18:00   UTC ', 'Sat, Sun 08:00 to 18:00 UTC'],
    ['mon-fri 12:00/13:30 America/New_York', 'Mon–Fri 12:00 to 13:30 America/New_York'],
    ['FRI-MON 00:00/06:00 Asia/Tokyo', 'Mon, Fri, Sat, Sun 00:00 to 06:00 Asia/Tokyo'],
    ['mon-sun 01:00/02:00 UTC', '01:00 to 02:00 UTC'],
  ])('takes %j', (text, words) => {
    const window = windowOf(text);
    expect(window === undefined ? '' : windowText(window)).toBe(words);
  });

  it.each([
    ['22:00-04:00 UTC', "write it as '22:00/04:00 Europe/Berlin'"],
    ['22:00/04:00', "write it as '22:00/04:00 Europe/Berlin'"],
    ['24:00/04:00 UTC', '24:00 is no time of a day'],
    ['22:00/04:61 UTC', '04:61 is no time of a day'],
    ['22:00/22:00 UTC', 'it is never open'],
    ['22:00/04:00 Europe/Berlln', 'Europe/Berlln is no time zone'],
    ['22:00/04:00 +02:00', '+02:00 is no time zone'],
    ['funday 22:00/04:00 UTC', 'funday is no day'],
    ['mon-wed-fri 22:00/04:00 UTC', 'mon-wed-fri is no day'],
  ])('refuses %j', (text, why) => {
    expect(() => windowOf(text)).toThrow(UsageError);
    expect(() => windowOf(text)).toThrow(why);
  });
});

it.each(['', ' ', '-x', 'CHG 1', 'a'.repeat(65), 'CHG1\u001b[2J'])('refuses the ticket %j', (ticket) => {
  expect(() => gatesFrom(given({ticket}))).toThrow('--ticket takes up to 64 letters');
});

it.each([
  ['ssm:nights', 'nights'],
  [
    'ssm:arn:aws:ssm:eu-west-1:123456789012:document/nights',
    'arn:aws:ssm:eu-west-1:123456789012:document/nights',
  ],
])('takes the calendar %j', (text, calendar) => {
  expect(gatesFrom(given({calendar: [text]}))).toEqual({calendars: [calendar]});
});

it.each(['nights', 'ssm:', 'ssm:a', 'ssm:arn:aws:ssm:eu-west-1::document/nights', 'ssm:a b c'])(
  'refuses the calendar %j',
  (text) => {
    expect(() => gatesFrom(given({calendar: [text]}))).toThrow(`--calendar ${text}: write ssm:NAME`);
  },
);

it.each(['short', '       ', 'x'.repeat(501)])('wants a reason to override, not %j', (override) => {
  expect(() => overrideFrom(given({override}))).toThrow('a reason of 8 to 500 characters');
});

it('gives a run no gates where none were given', () => {
  expect(gatesFrom(given({}))).toBeUndefined();
  expect([...gateOptions, overrideOption].map(({name}) => name)).toEqual([
    'ticket',
    'window',
    'calendar',
    'override',
  ]);
});
