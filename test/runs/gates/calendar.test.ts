import {describe, expect, it} from 'vitest';
import {openingsOf} from '../../../source/runs/gates/calendar/openings.ts';
import {namedZone} from '../../../source/runs/gates/calendar/zones.ts';

const to = Date.UTC(2027, 11, 31);

/** A calendar with some lines in it. */
const calendar = (...lines: string[]): string =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//test', ...lines, 'END:VCALENDAR', ''].join('\r\n');

const event = (...lines: string[]): string => ['BEGIN:VEVENT', ...lines, 'END:VEVENT'].join('\r\n');

const short = (at: number): string => new Date(at).toISOString().slice(0, 16);

/** Half a year of a zone. */
const half = (name: string, month: number, hour: string, from: string, until: string): string =>
  [
    `BEGIN:${name}`,
    `DTSTART:16010101T${hour}0000`,
    `TZOFFSETFROM:${from}`,
    `TZOFFSETTO:${until}`,
    `RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=${month}`,
    `END:${name}`,
  ].join('\r\n');

/** The openings, in UTC. */
function opens(text: string, zone?: string): readonly string[] {
  const its = zone === undefined ? undefined : namedZone(zone);
  return openingsOf(text, {to, ...(its === undefined ? {} : {zone: its})}).map(
    ([from, until]) => `${short(from)} ${short(until)}`,
  );
}

describe('a calendar is open during its events', () => {
  const nights = ['DTSTART;TZID=Europe/Berlin:20261023T220000', 'RRULE:FREQ=DAILY;COUNT=3'];
  it.each([
    [
      'in UTC, with an end',
      ['DTSTART:20261130T220000Z', 'DTEND:20261201T040000Z'],
      ['2026-11-30T22:00 2026-12-01T04:00'],
    ],
    [
      'by a zone and a duration, over the night in which the clock goes back',
      [...nights, 'DURATION:PT6H'],
      [
        '2026-10-23T20:00 2026-10-24T02:00',
        '2026-10-24T20:00 2026-10-25T02:00',
        '2026-10-25T21:00 2026-10-26T03:00',
      ],
    ],
    [
      'until the earlier end where hours and clock differ',
      [...nights, 'DTEND;TZID=Europe/Berlin:20261024T040000'],
      [
        '2026-10-23T20:00 2026-10-24T02:00',
        '2026-10-24T20:00 2026-10-25T02:00',
        '2026-10-25T21:00 2026-10-26T03:00',
      ],
    ],
    [
      'a night in spring is no longer than the clock says',
      [
        'DTSTART;TZID=Europe/Berlin:20260327T220000',
        'DTEND;TZID=Europe/Berlin:20260328T040000',
        'RRULE:FREQ=DAILY;COUNT=2',
      ],
      ['2026-03-27T21:00 2026-03-28T03:00', '2026-03-28T21:00 2026-03-29T02:00'],
    ],
    [
      'without those that are left out, of a moment and of a day',
      [
        'DTSTART:20261101T220000Z',
        'DURATION:PT1H',
        'RRULE:FREQ=DAILY;COUNT=4',
        'EXDATE:20261102T220000Z',
        'EXDATE;VALUE=DATE:20261104',
      ],
      ['2026-11-01T22:00 2026-11-01T23:00', '2026-11-03T22:00 2026-11-03T23:00'],
    ],
    [
      'with those that are added',
      [
        'DTSTART;TZID=Europe/Berlin:20261101T220000',
        'DURATION:PT1H',
        'RDATE;TZID=Europe/Berlin:20261105T100000',
        'RDATE:20261106T100000Z',
      ],
      [
        '2026-11-01T21:00 2026-11-01T22:00',
        '2026-11-05T09:00 2026-11-05T10:00',
        '2026-11-06T10:00 2026-11-06T11:00',
      ],
    ],
    [
      'on the last Saturday of a month until a last moment, which counts',
      ['DTSTART:20261128T080000Z', 'DURATION:P1D', 'RRULE:FREQ=MONTHLY;BYDAY=-1SA;UNTIL=20270130T080000Z'],
      [
        '2026-11-28T08:00 2026-11-29T08:00',
        '2026-12-26T08:00 2026-12-27T08:00',
        '2027-01-30T08:00 2027-01-31T08:00',
      ],
    ],
    ['not while it is tentative', ['DTSTART:20261130T220000Z', 'DURATION:PT1H', 'STATUS:TENTATIVE'], []],
    ['not when it was cancelled', ['DTSTART:20261130T220000Z', 'STATUS:CANCELLED'], []],
  ])('%s', (_, lines, expected) => {
    expect(opens(calendar(event(...lines)))).toEqual(expected);
  });

  it('whole days by the zone that is named beside the file, or in it', () => {
    const days = event('DTSTART;VALUE=DATE:20261225', 'DTEND;VALUE=DATE:20261227');
    expect(opens(calendar(days), 'Europe/Berlin')).toEqual(['2026-12-24T23:00 2026-12-26T23:00']);
    expect(opens(calendar('X-WR-TIMEZONE:America/New_York', days))).toEqual([
      '2026-12-25T05:00 2026-12-27T05:00',
    ]);
    expect(opens(calendar(event('DTSTART;VALUE=DATE:20261225')), 'UTC')).toEqual([
      '2026-12-25T00:00 2026-12-26T00:00',
    ]);
  });

  it('joined where events meet or overlap, and read from folded lines', () => {
    const text = calendar(
      event('DTSTART:20261130T220000Z', 'DTEND:20261130T2\r\n 30000Z'),
      event('DTSTART:20261130T230000Z', 'DURATION:PT2H'),
      event('DTSTART:20261201T003000Z', 'DURATION:PT10M', 'DESCRIPTION:a: b; c'),
    );
    expect(opens(text)).toEqual(['2026-11-30T22:00 2026-12-01T01:00']);
  });

  it('with one of a series moved, and one called off', () => {
    const text = calendar(
      event(
        'UID:a',
        'DTSTART;TZID=Europe/Berlin:20261102T220000',
        'DURATION:PT1H',
        'RRULE:FREQ=WEEKLY;COUNT=3',
      ),
      event(
        'UID:a',
        'RECURRENCE-ID;TZID=Europe/Berlin:20261109T220000',
        'DTSTART;TZID=Europe/Berlin:20261110T200000',
        'DURATION:PT1H',
      ),
      event('UID:a', 'RECURRENCE-ID:20261116T210000Z', 'DTSTART:20261116T210000Z', 'STATUS:CANCELLED'),
    );
    expect(opens(text)).toEqual(['2026-11-02T21:00 2026-11-02T22:00', '2026-11-10T19:00 2026-11-10T20:00']);
  });

  it('by a zone that only the file knows, as Outlook writes it', () => {
    const zone = [
      'BEGIN:VTIMEZONE',
      'TZID:W. Europe Standard Time',
      half('STANDARD', 10, '03', '+0200', '+0100'),
      half('DAYLIGHT', 3, '02', '+0100', '+0200'),
      'END:VTIMEZONE',
    ].join('\r\n');
    const start = 'DTSTART;TZID="W. Europe Standard Time":20261024T220000';
    expect(opens(calendar(zone, event(start, 'DURATION:PT1H', 'RRULE:FREQ=DAILY;COUNT=2')))).toEqual([
      '2026-10-24T20:00 2026-10-24T21:00',
      '2026-10-25T21:00 2026-10-25T22:00',
    ]);
  });
});

describe('a calendar that is not understood is refused, with the line', () => {
  const start = 'DTSTART:20261130T220000Z';
  const hour = 'DURATION:PT1H';
  it.each([
    ['no calendar at all', 'hello', 'line 1: this is no line of an iCalendar file'],
    ['another thing', 'BEGIN:VCARD\nEND:VCARD', 'line 1: this is a VCARD, no calendar'],
    [
      'a file that was cut off',
      'BEGIN:VCALENDAR\nBEGIN:VEVENT\n',
      'line 1: VCALENDAR has no end: is the file whole?',
    ],
    [
      'ends that cross',
      'BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR',
      'line 3: VEVENT of line 2 has to end first',
    ],
    ['events that are taken back', calendar('METHOD:CANCEL'), 'METHOD:CANCEL'],
    ['events that close', calendar('X-CALENDAR-TYPE:DEFAULT_OPEN'), 'the times when it is closed'],
    [
      'a zone that nobody knows',
      calendar(event('DTSTART;TZID=Mars:20261130T220000', hour)),
      'line 5: the time zone Mars is not known',
    ],
    [
      'a time without a zone',
      calendar(event('DTSTART:20261130T220000', hour)),
      "name one behind the file, as in 'FILE.ics Europe/Berlin'",
    ],
    ['no start', calendar(event(hour)), 'line 4: the event has no DTSTART'],
    ['no end', calendar(event(start)), 'neither DTEND nor DURATION'],
    [
      'an end before the start',
      calendar(event(start, 'DTEND:20261130T210000Z')),
      'line 6: the event ends before it begins',
    ],
    ['both kinds of an end', calendar(event(start, hour, 'DTEND:20261130T230000Z')), 'exclude each other'],
    [
      'a date that is none',
      calendar(event('DTSTART:20260230T220000Z', hour)),
      '20260230T220000Z is no date and no time',
    ],
    ['a duration that is none', calendar(event(start, 'DURATION:P')), 'P is no duration'],
    ['a negative duration', calendar(event(start, 'DURATION:-PT1H')), '-PT1H is no duration'],
    [
      'a rule by the hour',
      calendar(event(start, hour, 'RRULE:FREQ=HOURLY')),
      'FREQ=HOURLY is not understood',
    ],
    [
      'a rule by weeks of the year',
      calendar(event(start, hour, 'RRULE:FREQ=YEARLY;BYWEEKNO=20')),
      'BYWEEKNO of an RRULE is not understood',
    ],
    [
      'a rule twice',
      calendar(event(start, hour, 'RRULE:FREQ=DAILY', 'RRULE:FREQ=DAILY')),
      'line 8: one RRULE is understood',
    ],
    ['an excluding rule', calendar(event(start, hour, 'EXRULE:FREQ=DAILY')), 'EXRULE is not understood'],
    [
      'a start that its rule does not mean',
      calendar(event(start, hour, 'RRULE:FREQ=WEEKLY;BYDAY=TU')),
      'begins on a day that its RRULE does not mean',
    ],
    [
      'a last day that is not clear',
      calendar(event(start, hour, 'RRULE:FREQ=DAILY;UNTIL=20261203')),
      'UNTIL has to be in UTC',
    ],
    [
      'a number of zero',
      calendar(event(start, hour, 'RRULE:FREQ=DAILY;INTERVAL=0')),
      'INTERVAL=0 makes no sense',
    ],
    [
      'all later ones of a series',
      calendar(event(start, hour, `RECURRENCE-ID;RANGE=THISANDFUTURE:20261130T220000Z`)),
      'all later occurrences',
    ],
    [
      'added periods',
      calendar(event(start, hour, 'RDATE;VALUE=PERIOD:20261201T000000Z/PT1H')),
      'is no date and no time',
    ],
    [
      'two events of one name',
      calendar(event('UID:a', start, hour), event('UID:a', start, hour)),
      'which one counts is not known',
    ],
    ['an unknown status', calendar(event(start, hour, 'STATUS:MAYBE')), 'STATUS:MAYBE is not understood'],
    [
      'more than can be looked at',
      calendar(
        ...Array.from({length: 30}, () =>
          event('DTSTART:16010101T000000Z', hour, 'RRULE:FREQ=YEARLY;BYDAY=MO'),
        ),
      ),
      'too many to look at',
    ],
  ])('%s', (_, text, why) => {
    expect(() => opens(text)).toThrow(why);
  });
});
