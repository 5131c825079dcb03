/** The simulated time in milliseconds since 1970. */
export type Clock = () => number;

/**
 * A clock that starts at the real time and runs `speed` simulated seconds in each real second.
 *
 * It reads the monotonic clock, so a correction of the host's time never makes simulated time go back.
 */
export function startClock(speed: number): Clock {
  const startedAt = Date.now();
  const monotonicStart = performance.now();
  return () => startedAt + (performance.now() - monotonicStart) * speed;
}
