import type {ClockPort} from '../../source/engine/model/ports.ts';

export interface FastClock extends ClockPort {
  stop(): void;
}

/**
 * A clock on which time passes by turns of the event loop, about `factor` times as fast as real time. A busy
 * machine slows it instead of making deadlines pass unseen, so nothing depends on how fast a test runs.
 */
export function fastClock(factor: number): FastClock {
  let now = Date.now();
  const sleepers = new Set<{readonly at: number; readonly wake: () => void}>();
  const ticker = setInterval(() => {
    now += factor;
    for (const sleeper of sleepers) {
      if (sleeper.at > now) continue;
      sleepers.delete(sleeper);
      sleeper.wake();
    }
  }, 1);
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
    stop: () => clearInterval(ticker),
  };
}
