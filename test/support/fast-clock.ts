import type {ClockPort} from '../../source/engine/model/ports.ts';
import {isUnderWay} from './under-way.ts';
import {Sleepers} from './sleepers.ts';

export interface FastClock extends ClockPort {
  /** Lets time pass at once, in ms. */
  skip(ms: number): void;
  stop(): void;
}

/** A wait in which nothing has happened for so many turns is a long one, and time passes so many times as fast. */
const long = {turns: 40, faster: 4} as const;

/**
 * A clock on which time passes by turns of the event loop, about `factor` times as fast as real time. It does so only
 * while somebody waits for a time and nothing else is under way, and otherwise at the real pace: neither a busy machine
 * nor a slow disk lets a deadline pass unseen, so nothing depends on how fast a test runs.
 */
export function fastClock(factor: number): FastClock {
  let now = Date.now();
  let quiet = 0;
  const sleepers = new Sleepers();
  const ticker = setInterval(() => {
    const {first} = sleepers;
    if (first === undefined || isUnderWay()) {
      quiet = 0;
      now += 1;
    } else {
      quiet += 1;
      const step = quiet > long.turns ? factor * long.faster : factor;
      // A long step ends at the moment that is waited for.
      now = Math.max(now + factor, Math.min(now + step, first));
    }
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
