import {defined} from '../data/defined.ts';
import type {Event} from '../engine/model/events.ts';
import type {JournalPort} from '../engine/model/ports.ts';

/** Longest time that unchanged polls are left out for, in ms: a journal of a long wait says so six times an hour. */
const longestGapMs = 600_000;

interface Recorded {
  readonly at: number;
  /** What was found; absent after a failure. */
  readonly found?: string;
  /** Polls and calls left out since. */
  readonly polls: number;
  readonly calls: number;
}

/**
 * A journal that leaves out polls that found what the poll before found; the next one that is recorded says how many. A
 * wait of hours would fill it otherwise. A crash loses nothing: a poll that is not in the journal is made again.
 */
export function foldingPolls(journal: JournalPort): JournalPort {
  const polls = new PollFolder();
  return {
    append: async (events) => {
      const records = polls.recordsOf(events);
      if (records.length > 0) await journal.append(records);
    },
  };
}

/** Leaves out of a run's events the polls that found nothing new. */
export class PollFolder {
  readonly #recorded = new Map<string, Recorded>();
  /** Events of polls that may be left out, by what they poll. */
  readonly #held = new Map<string, readonly Event[]>();
  /** What each poll under way polls. */
  readonly #keys = new Map<number, string>();
  /** Events of the last poll, where it was left out, by what it polls. */
  readonly #leftOut = new Map<string, readonly Event[]>();
  #leftOutIsNew = false;

  /** Goes on after events that are recorded: what was left out among them is not known any more. */
  static after(events: readonly Event[]): PollFolder {
    const polls = new PollFolder();
    for (const event of events) polls.#seen(event);
    return polls;
  }

  /** Returns the events to record now that these have happened. */
  recordsOf(events: readonly Event[]): readonly Event[] {
    return events.flatMap((event) => this.#kept(event));
  }

  /** Returns the events of the last polls of all that were left out, if they are others than the last time. */
  newLeftOut(): readonly (readonly Event[])[] | undefined {
    if (!this.#leftOutIsNew) return undefined;
    this.#leftOutIsNew = false;
    return [...this.#leftOut.values()];
  }

  #seen(event: Event): void {
    if (event.type === 'call-started' && event.phase === 'poll') this.#keys.set(event.call, keyOf(event));
    if (event.type !== 'call-succeeded' && event.type !== 'call-failed') return;
    const key = this.#keys.get(event.call);
    this.#keys.delete(event.call);
    if (key === undefined || (event.type === 'call-succeeded' && event.more === true)) return;
    this.#recorded.set(key, recordedBy(event));
  }

  #kept(event: Event): readonly Event[] {
    if (event.type === 'call-started' && event.phase === 'poll') return this.#begun(event);
    if (event.type !== 'call-succeeded' && event.type !== 'call-failed') return [event];
    const key = this.#keys.get(event.call);
    return key === undefined ? [event] : this.#ended(event, key);
  }

  #begun(event: Started): readonly Event[] {
    const key = keyOf(event);
    this.#keys.set(event.call, key);
    // The first poll of a wait is recorded like any other call.
    if (!this.#recorded.has(key)) return [event];
    this.#held.set(key, [...(this.#held.get(key) ?? []), event]);
    return [];
  }

  #ended(event: Ended, key: string): readonly Event[] {
    this.#keys.delete(event.call);
    const last = this.#recorded.get(key);
    const poll = [...(this.#held.get(key) ?? []), event];
    if (event.type === 'call-succeeded' && event.more === true) {
      if (last === undefined) return poll;
      this.#held.set(key, poll);
      return [];
    }
    this.#held.delete(key);
    const found = foundBy(event);
    if (
      last !== undefined &&
      found !== undefined &&
      found === last.found &&
      event.at - last.at < longestGapMs
    ) {
      const [polls, calls] = [last.polls + 1, last.calls + poll.length / 2];
      this.#recorded.set(key, {...last, polls, calls});
      this.#leftOut.set(key, poll);
      this.#leftOutIsNew = true;
      return [];
    }
    this.#recorded.set(key, recordedBy(event));
    this.#leftOutIsNew = this.#leftOut.delete(key) || this.#leftOutIsNew;
    if (last === undefined || last.polls === 0) return poll;
    const {polls, calls} = last;
    return [...poll.slice(0, -1), {...event, unrecorded: {polls, calls}}];
  }
}

type Started = Extract<Event, {type: 'call-started'}>;
type Ended = Extract<Event, {type: 'call-succeeded' | 'call-failed'}>;

function keyOf({step, region = '', item}: Started): string {
  return [step, region, item].join('\n');
}

function recordedBy(event: Ended): Recorded {
  return {at: event.at, polls: 0, calls: 0, ...defined({found: foundBy(event)})};
}

/** Says what a poll found that is to be made again. */
function foundBy(event: Ended): string | undefined {
  if (event.type === 'call-failed' || event.nextPollAt === undefined || event.changed !== undefined)
    return undefined;
  return event.summary ?? '';
}
