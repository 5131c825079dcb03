import type {ClockPort} from '../../../engine/model/ports.ts';

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

/** Turns of the event loop without a sleeper after which nothing will ever happen again. */
const idleTurns = 1000;

/** A clock on which waits take no time: when all of a run waits, it jumps to the first who is to be woken. */
export class VirtualClock implements ClockPort {
  readonly #sleepers = new Set<Sleeper>();
  #now: number;

  /** `start`: ms since the epoch. */
  constructor(start: number) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  until(at: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const sleeper = {
        at,
        wake: (): void => {
          this.#sleepers.delete(sleeper);
          resolve();
        },
      };
      this.#sleepers.add(sleeper);
      if (signal.aborted) sleeper.wake();
      else signal.addEventListener('abort', sleeper.wake, {once: true});
    });
  }

  /**
   * Lets time pass until `isOver` says so. `before` may let something else happen first, and returns true if it did.
   * Returns false when nothing will ever happen again.
   */
  async passUntil(isOver: () => boolean, before: () => boolean): Promise<boolean> {
    for (let idle = 0; idle < idleTurns; idle += 1) {
      await new Promise(setImmediate);
      if (isOver()) return true;
      if (before()) {
        idle = 0;
        continue;
      }
      const due = [...this.#sleepers].map(({at}) => at);
      if (due.length === 0) continue;
      idle = 0;
      this.#now = Math.max(this.#now, Math.min(...due));
      for (const {at, wake} of this.#sleepers) if (at <= this.#now) wake();
    }
    return false;
  }
}
