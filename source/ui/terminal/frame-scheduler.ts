import type {Clock} from './clock.ts';

/** Shortest time between two frames that keys ask for (ms): a key is answered well within 50 ms. */
const betweenKeys = 16;
/** Time in which changes are gathered for one frame (ms): simultaneous work of 34 Regions is one frame. */
const gathering = 40;
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
  #ticker: NodeJS.Timeout | undefined;
  #drawnAt = -Infinity;

  constructor(options: SchedulerOptions) {
    this.#options = options;
  }

  /** The operator pressed a key: drawn at once where that is possible. */
  now(): void {
    const wait = this.#drawnAt + betweenKeys - this.#options.clock.now();
    if (wait <= 0 && !this.#options.busy()) this.#draw();
    else this.#sooner(Math.max(0, wait));
  }

  /** Requests a frame soon, with all other changes until then. */
  soon(): void {
    this.#later(gathering);
  }

  /** Requests a frame every second from now on. */
  everySecond(): void {
    this.#ticker = setInterval(() => this.soon(), 1000);
  }

  stop(): void {
    clearInterval(this.#ticker);
    this.#withdraw?.();
  }

  /** Later than at once, but earlier than gathered changes. */
  #sooner(ms: number): void {
    this.#withdraw?.();
    this.#withdraw = undefined;
    this.#later(ms);
  }

  #later(ms: number): void {
    this.#withdraw ??= this.#options.clock.after(ms, () => {
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
