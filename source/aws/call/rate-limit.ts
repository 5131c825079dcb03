/**
 * Rate of calls to one service in one Region. No call is held back until AWS throttles. Then the rate is halved
 * and grows a little every second until it no longer matters. This is additive increase, multiplicative
 * decrease, as in TCP. Times are ms, rates are calls a second.
 */
export interface Pace {
  /** Starts within the last second, oldest first. */
  readonly starts: readonly number[];
  /** The earliest time for the next start. */
  readonly nextAt: number;
  readonly limit?: {
    /** The rate at `since`. */
    readonly rate: number;
    readonly since: number;
    /** The rate at which AWS throttled first: twice that is no limit any more. */
    readonly tooFast: number;
  };
}

/** Growth of a limited rate, in calls a second per second. From 1 back to the usual 10 takes 9 s. */
const growth = 1;
const cut = 0.5;
/** One call in two seconds: slower than that, a run is better stopped by its attempts. */
const slowest = 0.5;
/** Calls that were under way together are throttled together: that counts as once. */
const sameBurstMs = 500;
const windowMs = 1000;

/** Before the first call. */
export const unhurried: Pace = {starts: [], nextAt: 0};

/** The rate at a time; Infinity when nothing limits it. */
export function rateAt({limit}: Pace, now: number): number {
  if (limit === undefined) return Infinity;
  const rate = limit.rate + (growth * Math.max(0, now - limit.since)) / 1000;
  return rate >= limit.tooFast * 2 ? Infinity : rate;
}

/** Books a place for a call: when it may start, and the pace from there on. */
export function take(pace: Pace, now: number): {readonly at: number; readonly pace: Pace} {
  const rate = rateAt(pace, now);
  const at = rate === Infinity ? now : Math.max(now, pace.nextAt);
  const starts = [...pace.starts.filter((start) => start > at - windowMs), at];
  if (rate === Infinity) return {at, pace: {starts, nextAt: now}};
  return {at, pace: {...pace, starts, nextAt: at + 1000 / rate}};
}

/** AWS throttled a call. */
export function slowedDown(pace: Pace, now: number): Pace {
  const {limit} = pace;
  if (limit !== undefined && now - limit.since < sameBurstMs) return pace;
  const measured = Math.max(1, pace.starts.filter((start) => start > now - windowMs).length);
  const present = rateAt(pace, now);
  const before = present === Infinity ? measured : present;
  const rate = Math.max(slowest, before * cut);
  return {
    ...pace,
    nextAt: Math.max(pace.nextAt, now + 1000 / rate),
    limit: {rate, since: now, tooFast: present === Infinity ? measured : (limit?.tooFast ?? measured)},
  };
}
