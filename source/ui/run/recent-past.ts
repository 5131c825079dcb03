import type {Event, StepOutline} from '../../engine/model/events.ts';
import {CallLog, type RecentCalls} from '../regions/call-log.ts';
import type {NarratedEvent} from '../../wording/narrated-event.ts';
import {createNarrator, type Narrator} from '../../wording/narrate.ts';

/** Number of narrated events to keep: more than any screen shows. */
const kept = 100;

/** The events up to a position, as far as a screen shows them besides the state. */
export class RecentPast {
  readonly #calls = new CallLog();
  readonly #narrate: Narrator;
  #told: readonly NarratedEvent[] = [];

  /** `narrate` may know of events that are not shown. */
  constructor(narrate = createNarrator()) {
    this.#narrate = narrate;
  }

  /** Recent events, the oldest first. */
  get told(): readonly NarratedEvent[] {
    return this.#told;
  }

  get calls(): RecentCalls {
    return this.#calls.recent;
  }

  add(events: readonly Event[], steps: readonly StepOutline[]): void {
    for (const event of events) this.#calls.add(event);
    const fresh = events.flatMap((event) => this.#narrate(event, steps));
    this.#told = [...this.#told, ...fresh].slice(-kept);
  }
}
