import {systemClock, type Clock} from '../../source/ui/terminal/clock.ts';

/** Longest wait for a frame of the screen (ms). */
export const frame = 50;

/** A clock that stands still until it is moved. */
export class ManualClock implements Clock {
  #now = 0;
  readonly #short: number;
  #due: {readonly at: number; readonly run: () => void}[] = [];

  /** Waits of up to `short` ms are over at once, without a move. */
  constructor(short = -1) {
    this.#short = short;
  }

  readonly now = (): number => this.#now;

  readonly after = (ms: number, run: () => void): (() => void) => {
    if (ms <= this.#short) return systemClock.after(0, run);
    const timer = {at: this.#now + ms, run};
    this.#due.push(timer);
    return () => {
      this.#due = this.#due.filter((other) => other !== timer);
    };
  };

  /** Lets time pass, and calls what falls due on the way. */
  pass(ms: number): void {
    this.#now += ms;
    const due = this.#due.filter(({at}) => at <= this.#now);
    this.#due = this.#due.filter(({at}) => at > this.#now);
    for (const {run} of due) run();
  }
}
