import type {ClockPort} from '../../source/engine/model/ports.ts';
import {Sleepers} from './sleepers.ts';

export interface FastClock extends ClockPort {
  /** Lets time pass at once, in ms. */
  skip(ms: number): void;
  stop(): void;
}

/**
 * A clock on which time passes by turns of the event loop, about `factor` times as fast as real time. A busy
 * machine slows it instead of making deadlines pass unseen, so nothing depends on how fast a test runs.
 */
export function fastClock(factor: number): FastClock {
  let now = Date.now();
  const sleepers = new Sleepers();
  const ticker = setInterval(() => {
    now += factor;
    sleepers.wakeDue(now);
  }, 1);
  return {
    now: () => now,
    until: sleepers.until,
    skip: (ms) => {
      now += ms;
      sleepers.wakeDue(now);
    },
    stop: () => clearInterval(ticker),
  };
}
