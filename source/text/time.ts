const two = (value: number): string => String(value).padStart(2, '0');

/** Elapsed time as `m:ss` or `h:mm:ss`, from ms. */
export function clockSpan(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** Time to come in words: `8 s` below a minute, else `2:41`; from ms, rounded up so that it ends with 0. */
export function timeLeft(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return seconds < 60 ? `${seconds} s` : clockSpan(seconds * 1000);
}

/**
 * Formats remaining time (ms, rounded up), more coarsely the longer it is. Steps: 1 s below 10 s, 5 s below a
 * minute, 30 s below ten minutes, then 1 min. Coarse countdowns keep most of a screen unchanged.
 */
export function roughTimeLeft(ms: number): string {
  const step = ms <= 10_000 ? 1000 : ms <= 60_000 ? 5000 : ms <= 600_000 ? 30_000 : 60_000;
  return clockSpan(Math.ceil(Math.max(0, ms) / step) * step);
}

/**
 * Formats remaining time (ms) as a bound that it is within, so coarse that it changes rarely: 10 s, 20 s, … 60 s, then as
 * {@link roughTimeLeft}.
 */
export function timeBound(ms: number): string {
  const tens = Math.max(1, Math.ceil(ms / 10_000));
  return tens <= 6 ? `${tens * 10} s` : roughTimeLeft(ms);
}

/** Local time of day as `HH:MM:SS`, from ms since the epoch. */
export function timeOfDay(at: number): string {
  const date = new Date(at);
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

/** A moment as local time, with its date unless it is the day of `now`: `12:03:10`, `2026-11-28 12:03:10`. */
export function moment(at: number, now: number): string {
  return dateOf(at) === dateOf(now) ? timeOfDay(at) : `${dateOf(at)} ${timeOfDay(at)}`;
}

/** Local date as `YYYY-MM-DD`. */
function dateOf(at: number): string {
  const date = new Date(at);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** The local time zone as `UTC`, `UTC+2` or `UTC+5:30`, at ms since the epoch. */
export function timeZone(at: number): string {
  const minutes = -new Date(at).getTimezoneOffset();
  if (minutes === 0) return 'UTC';
  const size = Math.abs(minutes);
  const rest = size % 60 === 0 ? '' : `:${two(size % 60)}`;
  return `UTC${minutes < 0 ? '-' : '+'}${Math.floor(size / 60)}${rest}`;
}

/** Formats elapsed time (ms) in its largest unit: `2 h ago`. */
export function ago(ms: number): string {
  const minutes = Math.floor(Math.max(0, ms) / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min ago`;
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h ago`;
  return `${Math.floor(minutes / (24 * 60))} days ago`;
}
