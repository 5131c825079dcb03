import type {ClockPort} from '../../source/engine/model/ports.ts';
import {Sleepers} from '../support/sleepers.ts';

export interface VirtualClock extends ClockPort {
  /** Lets time pass, from sleeper to sleeper, until `done` says so. Throws when nothing will ever happen again. */
  passUntil(done: () => boolean): Promise<void>;
}

/** A clock on which nothing takes any time: when everybody waits, it jumps to the first who wants to be woken. */
export function virtualClock(startMs: number): VirtualClock {
  let now = startMs;
  const sleepers = new Sleepers();
  return {
    now: () => now,
    until: sleepers.until,
    passUntil: async (done) => {
      while (!done()) {
        await new Promise(setImmediate);
        if (done()) return;
        if (sleepers.first === undefined) throw new Error('everybody waits for something that never happens');
        now = Math.max(now, sleepers.first);
        sleepers.wakeDue(now);
      }
    },
  };
}
