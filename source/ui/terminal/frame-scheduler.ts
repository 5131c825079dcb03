/** Shortest time between two frames that keys ask for (ms): a key is answered well within 50 ms. */
const betweenKeys = 16;
/** How long changes are gathered for one frame (ms): what 34 Regions do at once is one frame. */
const gathering = 40;
/** How soon a terminal that was busy is tried again (ms). */
const busyAgain = 25;

interface PacerOptions {
  readonly draw: () => void;
  /** Whether the terminal still has to take what was written before. */
  readonly busy: () => boolean;
  /** ms, from any fixed point. */
  readonly now: () => number;
}

/**
 * Decides when to draw: at once where that is possible, once for everything that changes within a frame, and never
 * while the terminal is busy. A terminal that reads slowly gets fewer frames; nobody waits for it.
 */
export class Pacer {
  readonly #options: PacerOptions;
  #timer: NodeJS.Timeout | undefined;
  #drawnAt = -Infinity;

  constructor(options: PacerOptions) {
    this.#options = options;
  }

  /** The operator pressed a key: drawn at once where that is possible. */
  now(): void {
    const wait = this.#drawnAt + betweenKeys - this.#options.now();
    if (wait <= 0 && !this.#options.busy()) this.#draw();
    else this.#sooner(Math.max(0, wait));
  }

  /** Something changed: drawn soon, with whatever else changes until then. */
  soon(): void {
    this.#later(gathering);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  /** Later too, but not as late as what only gathers changes. */
  #sooner(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#later(ms);
  }

  #later(ms: number): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      if (this.#options.busy()) this.#later(busyAgain);
      else this.#draw();
    }, ms);
  }

  #draw(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#drawnAt = this.#options.now();
    this.#options.draw();
  }
}
