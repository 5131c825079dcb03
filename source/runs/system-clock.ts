import type {ClockPort} from '../engine/model/ports.ts';

/** Longest delay that a timer takes, in ms. */
const maxTimerMs = 2 ** 31 - 1;

/** The computer's own clock. */
export const systemClock: ClockPort = {
  now: () => Date.now(),
  until: (at, signal) =>
    new Promise((resolve) => {
      const stop = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', stop);
        resolve();
      };
      const timer = setTimeout(stop, Math.min(maxTimerMs, Math.max(0, at - Date.now())));
      if (signal.aborted) stop();
      else signal.addEventListener('abort', stop, {once: true});
    }),
};
