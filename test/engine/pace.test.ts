import {array, assert, boolean, nat, property, record} from 'fast-check';
import {describe, expect, it} from 'vitest';
import {rateAt, slowedDown, take, unhurried, type Pace} from '../../source/aws/call/rate-limit.ts';

/** The starts of so many calls that are all wanted at once. */
function starts(pace: Pace, now: number, calls: number): {readonly times: number[]; readonly pace: Pace} {
  const times: number[] = [];
  let present = pace;
  for (let call = 0; call < calls; call += 1) {
    const turn = take(present, now);
    times.push(turn.at);
    present = turn.pace;
  }
  return {times, pace: present};
}

describe('the pace of calls', () => {
  it('is free until AWS throttles', () => {
    expect(starts(unhurried, 1000, 50).times).toEqual(Array.from({length: 50}, () => 1000));
  });

  it('halves when AWS throttles, and spreads the calls', () => {
    const busy = starts(unhurried, 1000, 20).pace;
    const slower = slowedDown(busy, 1100);
    expect(rateAt(slower, 1100)).toBe(10);
    const {times} = starts(slower, 1100, 3);
    expect(times.map((time) => Math.round(time))).toEqual([1200, 1300, 1400]);
  });

  it('halves once for calls that were throttled together, and again for later ones', () => {
    const slower = slowedDown(starts(unhurried, 1000, 20).pace, 1100);
    expect(slowedDown(slower, 1200)).toEqual(slower);
    expect(rateAt(slowedDown(slower, 2100), 2100)).toBe(5.5);
  });

  it('recovers second by second, until it is free again', () => {
    const slower = slowedDown(starts(unhurried, 1000, 4).pace, 1000);
    expect(rateAt(slower, 1000)).toBe(2);
    expect(rateAt(slower, 4000)).toBe(5);
    expect(rateAt(slower, 7000)).toBe(Infinity);
  });

  it('never stops, however often AWS throttles', () => {
    let pace = starts(unhurried, 0, 4).pace;
    for (let now = 1000; now < 100_000; now += 600) pace = slowedDown(pace, now);
    expect(rateAt(pace, 100_000)).toBeGreaterThanOrEqual(0.5);
    expect(take(pace, 100_000).at).toBeLessThan(103_000);
  });

  it('never starts a call before it is wanted, nor two in the wrong order', () => {
    const happening = record({after: nat(2000), throttled: boolean()});
    assert(
      property(array(happening, {maxLength: 60}), (happenings) => {
        let [pace, now, last] = [unhurried, 0, 0];
        for (const {after, throttled} of happenings) {
          now += after;
          if (throttled) {
            pace = slowedDown(pace, now);
            continue;
          }
          const turn = take(pace, now);
          expect(turn.at).toBeGreaterThanOrEqual(now);
          if (rateAt(pace, now) !== Infinity) expect(turn.at).toBeGreaterThanOrEqual(last);
          [pace, last] = [turn.pace, turn.at];
        }
      }),
    );
  });
});
