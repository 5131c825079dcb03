import type {FactorClock} from '../../crash/factor-clock.ts';

const realNow = Date.now;

/** A stand-in for Date.now on a clock that processes share. */
export function clockFrom({origin, factor, skipped}: FactorClock): () => number {
  return () => Math.round(origin + (realNow() - origin) * factor + skipped);
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
