import type {ClockPort} from '../../source/engine/ports.ts';

/** A clock on which time passes faster, from the real time on: minutes of waiting take tenths of a second. */
export function fastClock(factor: number): ClockPort {
  const start = Date.now();
  const origin = performance.now();
  const now = (): number => start + (performance.now() - origin) * factor;
  return {
    now,
    until: (at, signal) =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, Math.max(0, (at - now()) / factor));
        signal.addEventListener('abort', () => {
          clearTimeout(timer);
          resolve();
        });
      }),
  };
}
