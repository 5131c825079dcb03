import type {ClockPort} from '../../source/engine/model/ports.ts';

/** A clock that processes share without talking: real time, made faster, from an agreed origin. */
export interface FactorClock {
  /** Real ms since the epoch at which simulated and real time were the same. */
  readonly origin: number;
  readonly factor: number;
  /** Simulated ms that were jumped over: a laptop that slept. */
  readonly skipped: number;
}

export function timeOn({origin, factor, skipped}: FactorClock): number {
  return origin + (Date.now() - origin) * factor + skipped;
}

/** The clock port of an engine that lives on such a clock. */
export function clockOn(clock: FactorClock): ClockPort {
  return {
    now: () => timeOn(clock),
    until: (at, signal) =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, Math.max(0, at - timeOn(clock)) / clock.factor);
        signal.addEventListener('abort', () => {
          clearTimeout(timer);
          resolve();
        });
      }),
  };
}
