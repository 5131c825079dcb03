import type {ClockPort} from '../../../source/engine/model/ports.ts';
import type {FactorClock} from '../../crash/factor-clock.ts';

const realNow = Date.now;

/** A stand-in for Date.now on a clock that processes share. */
export function clockFrom({origin, factor, skipped}: FactorClock): () => number {
  return () => Math.round(origin + (realNow() - origin) * factor + skipped);
}

/** The clock of a worker, whose Date.now is that of such a clock. */
export function workerClock({factor}: FactorClock): ClockPort {
  return {
    now: () => Date.now(),
    until: (at, signal) =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, Math.max(0, at - Date.now()) / factor);
        signal.addEventListener('abort', () => {
          clearTimeout(timer);
          resolve();
        });
      }),
  };
}

/** Does something by the real time: the SDK sends an engine the time at which a delay ends. */
export function inRealTime<T>(action: () => T): T {
  const {now} = Date;
  Date.now = realNow;
  try {
    return action();
  } finally {
    Date.now = now;
  }
}
