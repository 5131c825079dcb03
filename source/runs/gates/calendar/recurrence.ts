import {civilOf, dayOf, daysInMonth, weekdayOf, type Civil} from './civil.ts';
import {NoCalendar} from './content-lines.ts';

/** A recurrence rule: the part of RRULE that is understood. */
export interface Rule {
  readonly freq: 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY';
  readonly interval: number;
  readonly count?: number;
  /** As it is written. */
  readonly until?: string;
  /** `nth` is 0 for each of these weekdays; negative ones are counted from the end. */
  readonly byDay: readonly {readonly nth: number; readonly weekday: number}[];
  readonly byMonthDay: readonly number[];
  readonly byMonth: readonly number[];
  readonly bySetPos: readonly number[];
  readonly weekStart: number;
}

/** Days that may still be looked at: a file that would take long is refused. */
export interface Patience {
  days: number;
}

const weekdays = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];
const frequencies = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'] as const;

/** Reads an RRULE. Throws {@link NoCalendar} for what is not understood. */
export function ruleOf(text: string, line: number): Rule {
  const parts = new Map<string, string>();
  for (const part of text.trim().toUpperCase().split(';')) {
    const [name = '', value] = part.split('=');
    if (!known.has(name) || value === undefined)
      throw new NoCalendar(
        line,
        `${name === '' ? 'an empty part' : name} of an RRULE is not understood here`,
      );
    if (parts.has(name)) throw new NoCalendar(line, `${name} is there twice`);
    parts.set(name, value);
  }
  const freq = frequencies.find((one) => one === parts.get('FREQ'));
  if (freq === undefined)
    throw new NoCalendar(
      line,
      `FREQ=${parts.get('FREQ') ?? ''} is not understood: ${frequencies.join(', ')} are`,
    );
  const numbers = (name: string, least: number, most: number, sign = false): readonly number[] =>
    (parts.get(name)?.split(',') ?? []).map((one) => {
      const number = Number(one);
      const size = sign ? Math.abs(number) : number;
      if (/^[+-]?\d+$/.test(one) && size >= least && size <= most) return number;
      throw new NoCalendar(line, `${name}=${one} makes no sense`);
    });
  const [interval = 1] = numbers('INTERVAL', 1, 10_000);
  const [count] = numbers('COUNT', 1, 1_000_000);
  const until = parts.get('UNTIL');
  if (count !== undefined && until !== undefined)
    throw new NoCalendar(line, 'COUNT and UNTIL exclude each other');
  const rule: Rule = {
    freq,
    interval,
    ...(count === undefined ? {} : {count}),
    ...(until === undefined ? {} : {until}),
    byDay: (parts.get('BYDAY')?.split(',') ?? []).map((one) => weekdayIn(one, line)),
    byMonthDay: numbers('BYMONTHDAY', 1, 31, true),
    byMonth: numbers('BYMONTH', 1, 12),
    bySetPos: numbers('BYSETPOS', 1, 366, true),
    weekStart: weekdayIn(parts.get('WKST') ?? 'MO', line).weekday,
  };
  refuseMixtures(rule, line);
  return rule;
}

const known = new Set('FREQ INTERVAL COUNT UNTIL BYDAY BYMONTHDAY BYMONTH BYSETPOS WKST'.split(' '));

function weekdayIn(text: string, line: number): Rule['byDay'][number] {
  const [, nth = '0', name = ''] = /^([+-]?\d{1,2})?(SU|MO|TU|WE|TH|FR|SA)$/.exec(text) ?? [];
  if (name === '' || (nth !== '0' && Number(nth) === 0)) throw new NoCalendar(line, `${text} is no weekday`);
  return {nth: Number(nth), weekday: weekdays.indexOf(name)};
}

/** Refuses what the standard forbids, or leaves open. */
function refuseMixtures({freq, byDay, byMonthDay, bySetPos}: Rule, line: number): void {
  const numbered = byDay.some(({nth}) => nth !== 0);
  if (numbered && (freq === 'DAILY' || freq === 'WEEKLY' || byMonthDay.length > 0))
    throw new NoCalendar(line, 'a numbered weekday is understood in a month or a year, without BYMONTHDAY');
  if (freq === 'WEEKLY' && byMonthDay.length > 0)
    throw new NoCalendar(line, 'BYMONTHDAY makes no sense in a week');
  const chosen = byDay.length > 0 || byMonthDay.length > 0;
  if (bySetPos.length > 0 && (!chosen || freq === 'DAILY'))
    throw new NoCalendar(
      line,
      'BYSETPOS is understood beside BYDAY or BYMONTHDAY, in a week, a month or a year',
    );
}

/** Returns the days of a rule up to a last one, in order. `from` is the first one. Throws {@link NoCalendar}. */
export function* daysOf(
  rule: Rule,
  {from, last, line}: {readonly from: number; readonly last: number; readonly line: number},
  patience: Patience,
): Generator<number> {
  const start = civilOf(from);
  const isMeant = matcher(rule, from, start);
  let count = 0;
  for (let n = 0; ; n += rule.interval) {
    const {first, days} = period(rule, from, start, n);
    if (first > last) return;
    patience.days -= days.length + 1;
    if (patience.days < 0) throw new NoCalendar(line, 'its repetitions are too many to look at');
    for (const day of positions(days.filter(isMeant), rule.bySetPos)) {
      if (day < from) continue;
      if (day > last) return;
      count += 1;
      yield day;
      if (count === rule.count) return;
    }
  }
}

/** The days of the nth day, week, month or year from the first one. */
function period(
  {freq, weekStart, byMonth}: Rule,
  from: number,
  {year, month}: Civil,
  n: number,
): {readonly first: number; readonly days: readonly number[]} {
  if (freq === 'DAILY') return {first: from + n, days: [from + n]};
  if (freq === 'WEEKLY') {
    const first = from - ((weekdayOf(from) - weekStart + 7) % 7) + 7 * n;
    return {first, days: range(first, 7)};
  }
  if (freq === 'MONTHLY') {
    const months = year * 12 + month - 1 + n;
    return monthDays(Math.floor(months / 12), (months % 12) + 1);
  }
  const months = byMonth.length > 0 ? [...byMonth].sort((one, other) => one - other) : range(1, 12);
  const days = months.flatMap((one) => monthDays(year + n, one).days);
  return {first: dayOf({year: year + n, month: 1, day: 1}), days};
}

function monthDays(year: number, month: number): {readonly first: number; readonly days: readonly number[]} {
  const first = dayOf({year, month, day: 1});
  return {first, days: range(first, daysInMonth(year, month))};
}

function range(first: number, size: number): readonly number[] {
  return Array.from({length: size}, (_, ahead) => first + ahead);
}

/** The days at the positions that are wanted of a period's. */
function positions(days: readonly number[], wanted: readonly number[]): readonly number[] {
  if (wanted.length === 0) return days;
  return days.filter((_, index) => wanted.includes(index + 1) || wanted.includes(index - days.length));
}

/** Says whether a day of a period is meant, but for its position. */
function matcher(rule: Rule, from: number, start: Civil): (day: number) => boolean {
  const {freq, byDay, byMonthDay, byMonth} = rule;
  const free = byDay.length === 0 && byMonthDay.length === 0;
  return (day) => {
    const civil = civilOf(day);
    if (byMonth.length > 0 && !byMonth.includes(civil.month)) return false;
    const size = daysInMonth(civil.year, civil.month);
    if (
      byMonthDay.length > 0 &&
      !byMonthDay.includes(civil.day) &&
      !byMonthDay.includes(civil.day - size - 1)
    )
      return false;
    if (byDay.length > 0) return byDay.some((one) => isNth(rule, day, civil, one));
    if (!free || freq === 'DAILY') return true;
    if (freq === 'WEEKLY') return weekdayOf(day) === weekdayOf(from);
    if (civil.day !== start.day) return false;
    return freq === 'MONTHLY' || byMonth.length > 0 || civil.month === start.month;
  };
}

function isNth(
  {freq, byMonth}: Rule,
  day: number,
  {year, month, day: ofMonth}: Civil,
  {nth, weekday}: Rule['byDay'][number],
): boolean {
  if (weekdayOf(day) !== weekday) return false;
  if (nth === 0) return true;
  const inMonth = freq === 'MONTHLY' || byMonth.length > 0;
  const before = inMonth ? ofMonth - 1 : day - dayOf({year, month: 1, day: 1});
  const after = inMonth ? daysInMonth(year, month) - ofMonth : dayOf({year, month: 12, day: 31}) - day;
  return nth > 0 ? Math.floor(before / 7) + 1 === nth : Math.floor(after / 7) + 1 === -nth;
}
