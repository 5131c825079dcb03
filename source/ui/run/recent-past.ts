import type {Event, StepOutline} from '../../engine/model/events.ts';
import {CallLog, type RecentCalls} from '../regions/call-log.ts';
import type {Log} from '../log/log-lines.ts';
import type {NarratedEvent} from '../../wording/narrate/narrated-event.ts';
import {createNarrator, type Narrator} from '../../wording/narrate/narrate.ts';

/** Number of narrated events to keep: a log that a person may read through. The journal has all of them. */
const kept = 10_000;

/** The events up to a position, as far as a screen shows them besides the state. */
export class RecentPast {
  readonly #calls = new CallLog();
  readonly #narrate: Narrator;
  readonly #told: NarratedEvent[] = [];
  #dropped = 0;

  /** `narrate` may know of events that are not shown. */
  constructor(narrate = createNarrator()) {
    this.#narrate = narrate;
  }

  /** Recent events, the oldest first. */
  get told(): readonly NarratedEvent[] {
    return this.#told;
  }

  /** The log as far as it is kept. */
  get log(): Log {
    return {lines: this.#told, dropped: this.#dropped};
  }

  get calls(): RecentCalls {
    return this.#calls.recent;
  }

  add(events: readonly Event[], steps: readonly StepOutline[]): void {
    for (const event of events) this.#calls.add(event);
    for (const event of events) this.#told.push(...this.#narrate(event, steps));
    const over = this.#told.length - kept;
    // A tenth at a time: each removal moves all that is kept.
    if (over < kept / 10) return;
    this.#told.splice(0, over);
    this.#dropped += over;
  }
}
