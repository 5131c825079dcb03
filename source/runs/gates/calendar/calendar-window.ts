import {readFileSync, statSync} from 'node:fs';
import {sha256} from '../../../data/sha256.ts';
import type {CalendarWindow} from '../../../engine/model/happenings/gate.ts';
import {NoWindow} from '../window-text.ts';
import {dayMs} from './civil.ts';
import {NoCalendar} from './content-lines.ts';
import {openingsOf, type Opening} from './openings.ts';
import {namedZone} from './zones.ts';

/** Most bytes of a calendar. */
const mostBytes = 2_000_000;

/** The journal keeps the openings of so many days, and so many of them: a run that lasts longer is gone on with. */
const mostDays = 400;
const mostOpenings = 1000;

/** An iCalendar file, as a window names it. */
export interface CalendarFile {
  readonly file: string;
  /** The time zone of times that have none in the file. */
  readonly timeZone?: string;
}

/** Returns a file's events as a window. Throws {@link NoWindow} for one that cannot be read, is not understood, or opens no more. */
export function calendarWindow({file, timeZone}: CalendarFile, now: number): CalendarWindow {
  const bytes = bytesOf(file);
  const zone = timeZone === undefined ? undefined : namedZone(timeZone);
  if (timeZone !== undefined && zone === undefined)
    throw new NoWindow(`${timeZone} is no time zone; write UTC or a name such as Europe/Berlin`);
  const knownUntil = now + mostDays * dayMs;
  const all = openingsIn(bytes, {to: knownUntil, ...(zone === undefined ? {} : {zone})});
  const coming = all.filter(([, to]) => to > now);
  if (coming.length === 0) throw new NoWindow(whyNeverOpen(all));
  const cut = coming[mostOpenings];
  return {
    calendar: file,
    ...(timeZone === undefined ? {} : {timeZone}),
    sha256: sha256(bytes),
    opens: coming.slice(0, mostOpenings),
    knownUntil: cut === undefined ? knownUntil : cut[0],
  };
}

function openingsIn(bytes: Buffer, reading: Parameters<typeof openingsOf>[1]): readonly Opening[] {
  let text: string;
  try {
    text = new TextDecoder('utf-8', {fatal: true}).decode(bytes);
  } catch {
    throw new NoWindow('it is no text in UTF-8');
  }
  if (text.trim() === '') throw new NoWindow('the file is empty');
  try {
    return openingsOf(text, reading);
  } catch (error) {
    if (error instanceof NoCalendar) throw new NoWindow(error.message);
    throw error;
  }
}

function bytesOf(file: string): Buffer {
  try {
    const {size} = statSync(file);
    if (size > mostBytes) throw new NoWindow(`the file has more than ${mostBytes / 1_000_000} MB`);
    return readFileSync(file);
  } catch (error) {
    if (error instanceof NoWindow) throw error;
    const {code = String(error)} = error as NodeJS.ErrnoException;
    throw new NoWindow(code === 'ENOENT' ? 'there is no such file' : `it cannot be read: ${code}`);
  }
}

function whyNeverOpen(past: readonly Opening[]): string {
  const last = past.at(-1);
  return last === undefined
    ? `it has no event in the next ${mostDays} days: changes would never start`
    : `its last event ended at ${new Date(last[1]).toISOString().slice(0, 16)}Z: changes would never start`;
}
