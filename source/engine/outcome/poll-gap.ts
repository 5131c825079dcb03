/** Least time between two polls, in ms, whatever the runbook says. */
export const leastGapMs = 500;

/** Bounds of the time between two polls of a wait, in ms: a runbook's `minDelay` and `maxDelay`. */
export interface GapBounds {
  readonly minMs: number;
  readonly maxMs: number;
}

/**
 * Time to the next poll, in ms: half the root of the seconds waited so far, within the bounds. What ends after T
 * seconds is seen less than √T/2 s later, on average half of that, for about 4√T polls. `early` is at least 0 and
 * below 1: it takes off up to half, so that polls of several things spread out. A single poller gives 0.
 */
export function pollGapMs(waitedMs: number, {minMs, maxMs}: GapBounds, early: number): number {
  const wanted = 500 * Math.sqrt(Math.max(0, waitedMs) / 1000) * (1 - early / 2);
  return Math.round(Math.max(leastGapMs, minMs, Math.min(maxMs, wanted)));
}

/** Least part of a whole wait that still counts after a sibling has ended: the gap falls to a quarter at most. */
const keptPart = 1 / 16;

/**
 * Time that a poll counts as waited, in ms. Once a sibling was seen to end, the others are likely to end soon: the
 * time counts from there, though never as less than a sixteenth of the whole.
 */
export function countedWaitMs(now: number, startedAt: number, siblingEndedAt: number | undefined): number {
  const whole = now - startedAt;
  if (siblingEndedAt === undefined || siblingEndedAt <= startedAt) return whole;
  return Math.max(now - siblingEndedAt, whole * keptPart);
}
