import {defined} from '../../data/defined.ts';

/**
 * What is known of AWS's limit on one operation in one Region. AWS counts calls with a token bucket: it holds some
 * tokens, a call takes one, and they come back at a steady rate. The calls accepted between two throttled ones give
 * that rate, because the bucket was empty at both. Times are ms, rates are calls a second.
 */
export interface Pace {
  /** Times of the latest accepted calls, oldest first. */
  readonly recent: readonly number[];
  /** Absent before AWS throttles: nothing is held back. */
  readonly limit?: Limit;
}

interface Limit extends Estimate {
  /** Way up from `base`: grows with each accepted call that had waited, once `base` was found to hold. */
  readonly probed: number;
  /** Tokens at the time `asOf`, in a copy of AWS's bucket that is meant never to be fuller than AWS's own. */
  readonly tokens: number;
  readonly asOf: number;
  /** AWS's bucket was empty then. */
  readonly emptyAt: number;
  /** Calls that AWS accepted since. */
  readonly accepted: number;
  /** Calls that AWS throttled since, the first included. */
  readonly throttled: number;
  /** The last time since `emptyAt` that the copy was full, and the calls accepted since. */
  readonly full?: {readonly at: number; readonly accepted: number};
}

interface Estimate {
  /** The allowed rate, as far as known, less a margin. */
  readonly base: number;
  /** Accepted calls that `base` was measured with; 0 for a guess. */
  readonly measuredWith: number;
  /** Most tokens of the copy, in ms of the rate. */
  readonly burstMs: number;
  /** What was measured, where `base` is more: tokens may have been lost while the bucket was full. */
  readonly fallback?: Pick<Estimate, 'base' | 'measuredWith'>;
  /** A guess that tokens had been lost was wrong. */
  readonly lossless?: boolean;
}

/** A call that was started: when, at which rate, and whether it had to wait for its turn. */
export interface Begun {
  readonly at: number;
  readonly rate: number;
  readonly waited: boolean;
}

/** Part of a measured rate that is used. */
const margin = 0.97;
/** Accepted calls for each throttled one before the next probe: 1 in 40 is less than 3 %. */
const acceptedForThrottled = 40;
/** Most throttled calls that count, and the longest time without a probe in seconds. */
const mostThrottled = 4;
const longestQuiet = 15;
/** One call in two seconds: slower than that, a run is better stopped by its attempts. */
const slowest = 0.5;
/** A rate that was measured with fewer calls is rough, and is not trusted to be far below the last one. */
const roughBelow = 8;
const deepestCut = 0.4;
/** A bucket that throttles at so many times the measured rate was full before: it has lost tokens. */
const lossRatio = 1.25;
/** Part of a rate that was throttled which is used then. */
const afterLoss = 0.85;
/** AWS's buckets hold a second's worth or more. */
const usualBurstMs = 1000;
const leastBurstMs = 50;
const mostRecent = 64;
/** Where the rate's growth becomes steady. */
const bend = 0.6;

/** Before the first call. */
export const unhurried: Pace = {recent: []};

/** The rate at present; Infinity when nothing limits it. */
export function rateOf({limit}: Pace): number {
  if (limit === undefined) return Infinity;
  // The idea of a cubic curve: flat near the known rate, steep once AWS has let more through for a while.
  const {base, probed} = limit;
  return base * Math.exp(probed < bend ? probed ** 2 : probed * 2 * bend - bend ** 2);
}

/** The earliest time for the next call. */
export function startOf(pace: Pace, now: number): number {
  if (pace.limit === undefined) return now;
  const missing = 1 - tokensAt(pace, pace.limit, now);
  return missing <= 0 ? now : now + Math.ceil((missing * 1000) / rateOf(pace));
}

/** A call starts. */
export function started(pace: Pace, {at, waited}: Begun): Pace {
  const {limit} = pace;
  if (limit === undefined) return pace;
  const tokens = tokensAt(pace, limit, at);
  const full = !waited && tokens >= mostTokens(pace, limit) ? {full: {at, accepted: 0}} : {};
  return {...pace, limit: {...limit, tokens: Math.max(0, tokens - 1), asOf: at, ...full}};
}

/** AWS accepted a call. */
export function accepted(pace: Pace, {waited}: Begun, now: number): Pace {
  const {limit} = pace;
  const recent = [...pace.recent.slice(1 - mostRecent), now];
  if (limit === undefined) return {recent};
  const grows = waited && limit.accepted >= quietCalls(limit);
  const step = (limit.measuredWith === 0 ? 3 : 1) / Math.max(10, rateOf(pace));
  const {full} = limit;
  return {
    recent,
    limit: {
      ...limit,
      accepted: limit.accepted + 1,
      probed: limit.probed + (grows ? step : 0),
      ...(full === undefined ? {} : {full: {...full, accepted: full.accepted + 1}}),
    },
  };
}

/** AWS throttled a call. */
export function throttled(pace: Pace, begun: Begun, now: number): Pace {
  const {limit} = pace;
  if (limit === undefined) return {...pace, limit: emptied(guess(pace, now), now)};
  // It was under way when another one was throttled: the same empty bucket.
  if (begun.at <= limit.emptyAt) {
    const better = limit.measuredWith === 0 ? guess(pace, now) : {};
    return {...pace, limit: {...limit, ...better, throttled: limit.throttled + 1, tokens: 0, asOf: now}};
  }
  return {...pace, limit: emptied(estimate(pace, limit, begun, now), now)};
}

function emptied(estimated: Estimate, now: number): Limit {
  const base = Math.max(slowest, estimated.base);
  return {...estimated, base, probed: 0, tokens: 0, asOf: now, emptyAt: now, accepted: 0, throttled: 1};
}

function guess(pace: Pace, now: number): Estimate {
  return {
    base: margin * Math.max(slowest, shownBy(pace.recent, now)),
    measuredWith: 0,
    burstMs: usualBurstMs,
  };
}

/** The highest rate that the latest calls show, if AWS's bucket was full before and holds a second's worth. */
function shownBy(recent: readonly number[], now: number): number {
  return Math.max(
    ...recent.map((at, index) => (recent.length - index) / ((usualBurstMs + now - at) / 1000)),
    0,
  );
}

/** The allowed rate, from the calls between two throttled ones. */
function estimate(pace: Pace, limit: Limit, {rate, waited}: Begun, now: number): Estimate {
  const {base, fallback, burstMs, measuredWith} = limit;
  const known = {burstMs, ...defined({lossless: limit.lossless})};
  const since = pace.recent.filter((at) => at > limit.emptyAt);
  const measured = Math.max(((limit.accepted + 0.5) * 1000) / (now - limit.emptyAt), shownBy(since, now));
  const rough = limit.accepted < roughBelow;
  const burst = burstOf(limit, rough && !waited, now);
  if (burst < burstMs) {
    const atLeast = Math.max(base, margin * measured);
    return {...known, burstMs: burst, base: rough ? base : atLeast, measuredWith, ...defined({fallback})};
  }
  if (rough && fallback !== undefined) return {...known, ...fallback, lossless: true};
  const most = Math.min(rate, Math.max(measured, rough ? base * deepestCut : 0));
  const exact = {base: margin * most, measuredWith: limit.accepted + 1};
  if (rough || limit.lossless === true || rate < lossRatio * measured) return {...known, ...exact};
  return {...known, ...exact, base: afterLoss * rate, fallback: exact};
}

/** Most tokens of AWS's bucket in ms of the rate, as far as a throttled call shows: one in a burst after a rest. */
function burstOf({base, burstMs, full}: Limit, inBurst: boolean, now: number): number {
  if (full === undefined || now - full.at >= 2 * usualBurstMs) {
    return inBurst && burstMs > leastBurstMs ? burstMs / 2 : burstMs;
  }
  return Math.max(0, (full.accepted * 1000) / base - (now - full.at));
}

/** Accepted calls before the next probe. Few, while the rate is known only roughly. */
function quietCalls({base, throttled: refused, measuredWith}: Limit): number {
  const affordable = acceptedForThrottled * Math.min(refused, mostThrottled);
  return Math.min(affordable, Math.max(acceptedForThrottled, longestQuiet * base), 4 + 2 * measuredWith);
}

function mostTokens(pace: Pace, {burstMs}: Limit): number {
  return Math.max(1, (rateOf(pace) * burstMs) / 1000);
}

function tokensAt(pace: Pace, limit: Limit, now: number): number {
  const grown = limit.tokens + (rateOf(pace) * Math.max(0, now - limit.asOf)) / 1000;
  return Math.min(grown, mostTokens(pace, limit));
}
