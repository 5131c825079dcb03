import type {Clock} from '../../source/ui/terminal/clock.ts';

/** A clock that stands still until it is moved. */
export class ManualClock implements Clock {
  #now = 0;
  #due: {readonly at: number; readonly run: () => void}[] = [];

  readonly now = (): number => this.#now;

  readonly after = (ms: number, run: () => void): (() => void) => {
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
