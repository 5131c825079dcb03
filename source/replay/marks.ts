import type {Event} from '../engine/model/events.ts';

/** A moment worth going to: what is to be seen when `count` events have happened. */
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
      // What failed and what came of it in the same breath are one moment: the whole of it is to be seen.
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

/** Whether steps that were begun are begun again after it. */
function beginsAnew(event: Event): boolean {
  if (event.type === 'went-back') return event.region === undefined;
  return event.type === 'resumed' && event.lookAgainFrom !== undefined;
}

/** Whether something did not go as it should. An error that a wait was waiting for is no failure. */
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
