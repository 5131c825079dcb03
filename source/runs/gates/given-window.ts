import {resolve} from 'node:path';
import type {ChangeWindow} from '../../engine/model/happenings/gate.ts';
import {calendarWindow, type CalendarFile} from './calendar/calendar-window.ts';
import {windowFrom} from './window-text.ts';

/** Returns the iCalendar file that a text such as `nights.ics Europe/Berlin` names; undefined for hours. */
export function calendarNamed(text: string, folder: string): CalendarFile | undefined {
  const [, file, timeZone] = /^(.*\.ics)(?:\s+(\S+))?$/is.exec(text.trim()) ?? [];
  if (file === undefined) return undefined;
  return {file: resolve(folder, file), ...(timeZone === undefined ? {} : {timeZone})};
}

/** Returns the window that a text is about: hours, or a calendar. Throws NoWindow. */
export function givenWindow(text: string, folder: string, now: number): ChangeWindow {
  const calendar = calendarNamed(text, folder);
  return calendar === undefined ? windowFrom(text) : calendarWindow(calendar, now);
}
