import * as fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {
  countedWaitMs,
  leastGapMs,
  pollGapMs,
  type GapBounds,
} from '../../../source/engine/outcome/poll-gap.ts';

const shipped: GapBounds = {minMs: 500, maxMs: 15_000};

/** The times of a wait's polls up to one at or after `end`, in ms since its start. The first is made at once. */
function pollsUntil(end: number, bounds: GapBounds, early: () => number): readonly number[] {
  const times = [0];
  for (let now = 0; now < end;) {
    now += pollGapMs(now, bounds, early());
    times.push(now);
  }
  return times;
}

/** The longest that the end of a wait may go unseen, in ms. */
function bound(end: number, {minMs, maxMs}: GapBounds): number {
  return Math.max(leastGapMs, minMs, Math.min(maxMs, 500 * Math.sqrt(end / 1000)));
}

const ends = fc.double({min: 0, max: 4 * 3_600_000, noNaN: true});
const bounds = fc.record({
  minMs: fc.integer({min: 0, max: 60_000}),
  maxMs: fc.integer({min: 0, max: 300_000}),
});

describe('the time to the next poll of a wait', () => {
  it('is half the root of the seconds waited, within the bounds', () => {
    const gaps = [0, 1, 4, 9, 100, 400, 900, 3600].map((s) => pollGapMs(s * 1000, shipped, 0));
    expect(gaps).toEqual([500, 500, 1000, 1500, 5000, 10_000, 15_000, 15_000]);
  });

  it('is never shorter than half a second, nor than the least delay, even where the most is less', () => {
    expect(pollGapMs(0, {minMs: 0, maxMs: 0}, 0)).toBe(500);
    expect(pollGapMs(100_000, {minMs: 8000, maxMs: 2000}, 0)).toBe(8000);
    expect(pollGapMs(4000, shipped, 0.999)).toBeGreaterThanOrEqual(500);
  });

  it('shows the end of any wait within the bound, however polls are spread out', () => {
    fc.assert(
      fc.property(ends, bounds, fc.double({min: 0, max: 0.999, noNaN: true}), (end, within, early) => {
        const seen = pollsUntil(end, within, () => early).at(-1) ?? 0;
        // Rounding to whole ms.
        expect(seen - end).toBeLessThanOrEqual(bound(end, within) + 1);
      }),
    );
  });

  it('costs about four times the root of the seconds in polls, as long as the most is not reached', () => {
    fc.assert(
      fc.property(fc.double({min: 0, max: 900_000, noNaN: true}), (end) => {
        expect(pollsUntil(end, shipped, () => 0).length).toBeLessThanOrEqual(4 * Math.sqrt(end / 1000) + 3);
      }),
    );
  });
});

describe('the time that a poll counts as waited', () => {
  it('begins anew when a sibling has ended, and never counts as less than a sixteenth', () => {
    expect(countedWaitMs(64_000, 0, undefined)).toBe(64_000);
    expect(countedWaitMs(64_000, 0, 44_000)).toBe(20_000);
    expect(countedWaitMs(64_000, 0, 63_000)).toBe(4000);
  });

  it('takes no notice of an end from before the wait', () => {
    expect(countedWaitMs(64_000, 60_000, 30_000)).toBe(4000);
  });

  it('is never longer than the wait, so that the bound holds with siblings too', () => {
    const time = fc.integer({min: 0, max: 10_000_000});
    fc.assert(
      fc.property(time, time, time, (one, other, third) => {
        const [start = 0, middle = 0, now = 0] = [one, other, third].toSorted((a, b) => a - b);
        expect(countedWaitMs(now, start, middle)).toBeLessThanOrEqual(now - start);
      }),
    );
  });
});
