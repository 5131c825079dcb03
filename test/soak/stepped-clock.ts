import type {ClockPort} from '../../source/engine/model/ports.ts';

export interface SteppedClock extends ClockPort {
  /** Lets `ms` pass and wakes everyone who waited for that. */
  step(ms: number): void;
}

/** A clock that moves only by steps. */
export function steppedClock(startMs: number): SteppedClock {
  let now = startMs;
  const sleepers = new Set<{readonly at: number; readonly wake: () => void}>();
  return {
    now: () => now,
    until: (at, signal) =>
      new Promise((resolve) => {
        const wake = (): void => {
          sleepers.delete(sleeper);
          signal.removeEventListener('abort', wake);
          resolve();
        };
        const sleeper = {at, wake};
        sleepers.add(sleeper);
        if (at <= now || signal.aborted) wake();
        else signal.addEventListener('abort', wake, {once: true});
      }),
    step(ms) {
      now += ms;
      for (const {at, wake} of sleepers) if (at <= now) wake();
    },
  };
}
