import type {Clock} from './clock.ts';

/** Shortest time between two frames that keys ask for (ms): a key is answered well within 50 ms. */
const betweenKeys = 16;
/** Time in which changes are gathered for one frame (ms): simultaneous work of 34 Regions is one frame. */
const gathering = 40;
/** Shortest time between two frames that news ask for (ms): polls at any pace cost four frames a second. */
const betweenNews = 250;
/** Time before a busy terminal is tried again (ms). */
const busyAgain = 25;

interface SchedulerOptions {
  readonly draw: () => void;
  /** Returns true if the terminal has not yet taken the last write. */
  readonly busy: () => boolean;
  readonly clock: Clock;
}

/**
 * Decides when to draw: at once where possible, once for all changes within a frame, never while the terminal
 * is busy. A slow terminal gets fewer frames, and no work waits for it.
 */
export class FrameScheduler {
  readonly #options: SchedulerOptions;
  /** Withdraws the requested frame. */
  #withdraw: (() => void) | undefined;
  #dueAt = 0;
  #ticker: NodeJS.Timeout | undefined;
  #drawnAt = -Infinity;

  constructor(options: SchedulerOptions) {
    this.#options = options;
  }

  /** The operator pressed a key: drawn at once where that is possible. */
  now(): void {
    const wait = this.#drawnAt + betweenKeys - this.#options.clock.now();
    if (wait <= 0 && !this.#options.busy()) this.#draw();
    else this.#later(Math.max(0, wait));
  }

  /** Requests a frame soon, with all other changes until then. */
  soon(): void {
    this.#later(gathering);
  }

  /** Requests a frame for news that nobody waits for: not too soon after the last one. */
  inTime(): void {
    this.#later(Math.max(gathering, this.#drawnAt + betweenNews - this.#options.clock.now()));
  }

  /** Requests a frame every second from now on. */
  everySecond(): void {
    this.#ticker = setInterval(() => this.soon(), 1000);
  }

  stop(): void {
    clearInterval(this.#ticker);
    this.#withdraw?.();
  }

  /** Draws after `ms`, unless a frame was requested for an earlier time. */
  #later(ms: number): void {
    const {clock} = this.#options;
    const dueAt = clock.now() + ms;
    if (this.#withdraw !== undefined && this.#dueAt <= dueAt) return;
    this.#withdraw?.();
    this.#dueAt = dueAt;
    this.#withdraw = clock.after(ms, () => {
      this.#withdraw = undefined;
      if (this.#options.busy()) this.#later(busyAgain);
      else this.#draw();
    });
  }

  #draw(): void {
    this.#withdraw?.();
    this.#withdraw = undefined;
    this.#drawnAt = this.#options.clock.now();
    this.#options.draw();
  }
}
