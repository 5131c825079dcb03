import {existsSync} from 'node:fs';
import {UsageError} from '../../../cli/usage-error.ts';
import type {ChangeWindow, Gates} from '../../../engine/model/happenings/gate.ts';
import {changedCalendarText} from '../../../wording/gate-text.ts';
import {NoWindow} from '../window-text.ts';
import {calendarWindow} from './calendar-window.ts';

/** The windows of a run or a fleet that goes on, as its calendars are now. */
interface ReadAgain {
  readonly windows?: readonly ChangeWindow[];
  readonly changedCalendars?: readonly string[];
  /** Sentences for the operator. */
  readonly notes: readonly string[];
}

/**
 * Reads the calendars among the windows again. One that has changed holds as it is now, and one that is not there as it was.
 * Throws {@link UsageError} for one that cannot be read, or opens no more; with a reason for not waiting, it stays as it was.
 */
export function readAgain(
  windows: readonly ChangeWindow[],
  now: number,
  override: string | undefined,
): ReadAgain {
  if (!windows.some((window) => 'calendar' in window)) return {notes: []};
  const changed: string[] = [];
  const notes: string[] = [];
  const again = windows.map((window) => {
    if (!('calendar' in window)) return window;
    const {calendar: file, timeZone, sha256} = window;
    if (!existsSync(file)) {
      notes.push(`${file} is not there: the calendar holds as it was when it was read last`);
      return window;
    }
    try {
      const read = calendarWindow({file, ...(timeZone === undefined ? {} : {timeZone})}, now);
      if (read.sha256 !== sha256) {
        changed.push(file);
        notes.push(changedCalendarText(file));
      }
      return read;
    } catch (error) {
      if (!(error instanceof NoWindow)) throw error;
      if (override !== undefined) return window;
      throw new UsageError(`--window ${file}: ${error.message}; --override REASON goes on all the same`);
    }
  });
  return {windows: again, ...(changed.length === 0 ? {} : {changedCalendars: changed}), notes};
}

/** Returns the gates of what is begun from here on: with the windows as they are now. */
export function gatesNow(gates: Gates | undefined, {windows}: Pick<ReadAgain, 'windows'>): Gates | undefined {
  return windows === undefined ? gates : {...gates, windows};
}
