import type {ClockPort} from '../../source/engine/model/ports.ts';

export interface VirtualClock extends ClockPort {
  /** Lets time pass, from sleeper to sleeper, until `done` says so. Throws when nothing will ever happen again. */
  passUntil(done: () => boolean): Promise<void>;
}

/** A clock on which nothing takes any time: when everybody waits, it jumps to the first who wants to be woken. */
export function virtualClock(startMs: number): VirtualClock {
  let now = startMs;
  const sleepers = new Set<{readonly at: number; readonly wake: () => void}>();
  return {
    now: () => now,
    until: (at, signal) =>
      new Promise((wake) => {
        const sleeper = {at, wake};
        sleepers.add(sleeper);
        signal.addEventListener('abort', () => {
          sleepers.delete(sleeper);
          wake();
        });
      }),
    passUntil: async (done) => {
      while (!done()) {
        await new Promise(setImmediate);
        if (done()) return;
        const next = [...sleepers].toSorted((a, b) => a.at - b.at)[0];
        if (next === undefined) throw new Error('everybody waits for something that never happens');
        sleepers.delete(next);
        now = Math.max(now, next.at);
        next.wake();
      }
    },
  };
}
