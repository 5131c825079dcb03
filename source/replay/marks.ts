import type {Event} from '../engine/model/events.ts';

/** A moment worth jumping to: the frame after the first `count` events. */
export interface Mark {
  readonly kind: 'step' | 'failure';
  readonly count: number;
}

/** Finds the marks of a run, event after event, in its order. */
export class MarkFinder {
  readonly marks: Mark[] = [];
  #begun = new Set<string>();
  #count = 0;

  add(event: Event): void {
    this.#count += 1;
    const step = stepOf(event);
    if (step !== undefined && !this.#begun.has(step)) {
      this.#begun.add(step);
      this.marks.push({kind: 'step', count: this.#count});
    }
    if (isFailure(event)) {
      // A failure and its consequence in the same batch are one moment, shown whole.
      const last = this.marks.at(-1);
      if (last?.kind === 'failure' && last.count === this.#count - 1) this.marks.pop();
      this.marks.push({kind: 'failure', count: this.#count});
    }
    if (beginsAnew(event)) this.#begun = new Set();
  }
}

/** The step that an event begins, if it begins one. */
function stepOf(event: Event): string | undefined {
  if (event.type === 'step-started' || event.type === 'step-skipped') return event.step;
  return event.type === 'asked' ? event.question.step : undefined;
}

/** Returns true if the event makes steps run again that had begun. */
function beginsAnew(event: Event): boolean {
  if (event.type === 'went-back') return event.region === undefined;
  return event.type === 'resumed' && event.lookAgainFrom !== undefined;
}

/** Returns true if the event reports trouble. An error that a wait expects is no failure. */
function isFailure(event: Event): boolean {
  switch (event.type) {
    case 'call-failed':
      return event.retryAt !== undefined;
    case 'item-failed':
    case 'step-failed':
    case 'went-back':
    case 'interrupted':
      return true;
    case 'answered':
      return !event.accepted;
    case 'paused':
      return event.why === 'credentials';
    case 'run-ended':
      return event.status !== 'done' && event.status !== 'planned';
    default:
      return false;
  }
}
