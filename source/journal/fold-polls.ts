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
  const recorded = new Map<string, Recorded>();
  /** Events of polls that may be left out, by what they poll. */
  const held = new Map<string, readonly Event[]>();
  /** What each poll under way polls. */
  const keys = new Map<number, string>();

  const begun = (event: Extract<Event, {type: 'call-started'}>): readonly Event[] => {
    const key = [event.step, event.region ?? '', event.item].join('\n');
    keys.set(event.call, key);
    // The first poll of a wait is recorded like any other call.
    if (!recorded.has(key)) return [event];
    held.set(key, [...(held.get(key) ?? []), event]);
    return [];
  };
  const ended = (event: Ended, key: string): readonly Event[] => {
    keys.delete(event.call);
    const last = recorded.get(key);
    const poll = [...(held.get(key) ?? []), event];
    if (event.type === 'call-succeeded' && event.more === true) {
      if (last === undefined) return poll;
      held.set(key, poll);
      return [];
    }
    held.delete(key);
    const found = foundBy(event);
    if (
      last !== undefined &&
      found !== undefined &&
      found === last.found &&
      event.at - last.at < longestGapMs
    ) {
      recorded.set(key, {...last, polls: last.polls + 1, calls: last.calls + poll.length / 2});
      return [];
    }
    recorded.set(key, {at: event.at, polls: 0, calls: 0, ...defined({found})});
    if (last === undefined || last.polls === 0) return poll;
    const {polls, calls} = last;
    return [...poll.slice(0, -1), {...event, unrecorded: {polls, calls}}];
  };
  const kept = (event: Event): readonly Event[] => {
    if (event.type === 'call-started' && event.phase === 'poll') return begun(event);
    if (event.type !== 'call-succeeded' && event.type !== 'call-failed') return [event];
    const key = keys.get(event.call);
    return key === undefined ? [event] : ended(event, key);
  };
  return {
    append: async (events) => {
      const records = events.flatMap(kept);
      if (records.length > 0) await journal.append(records);
    },
  };
}

type Ended = Extract<Event, {type: 'call-succeeded' | 'call-failed'}>;

/** Says what a poll found that is to be made again. */
function foundBy(event: Ended): string | undefined {
  if (event.type === 'call-failed' || event.nextPollAt === undefined || event.changed !== undefined)
    return undefined;
  return event.summary ?? '';
}
