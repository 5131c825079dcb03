/** A day of the calendar. */
export interface Civil {
  readonly year: number;
  /** From 1. */
  readonly month: number;
  readonly day: number;
}

export const dayMs = 86_400_000;

/** Returns the number of a day since 1970. */
export function dayOf({year, month, day}: Civil): number {
  return Math.floor(Date.UTC(year, month - 1, day) / dayMs);
}

/** Returns the day that a number since 1970 is about. */
export function civilOf(day: number): Civil {
  const date = new Date(day * dayMs);
  return {year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate()};
}

/** Returns the day of the week, 0 for Sunday. */
export function weekdayOf(day: number): number {
  return (((day + 4) % 7) + 7) % 7;
}

/** Returns the number of days in a month. */
export function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}
