import type {Event} from '../engine/model/events.ts';
import {evolve, initialState} from '../engine/evolve/evolve.ts';
import type {RunState} from '../engine/model/state.ts';
import {MarkFinder, type Mark} from './marks.ts';

/** Events between two kept states: a seek evolves over fewer than this many. */
export const snapshotEvery = 250;

/** Default limit for the gap between two events during playback, in ms. */
export const defaultIdleMs = 2000;

/**
 * A recorded run as something to move about in. A position is a count of events that have happened, with a time on
 * the *played* clock: ms since the first event, where no gap between two events is longer than the idle limit.
 */
export class Timeline {
  readonly #idleMs: number;
  readonly #events: Event[] = [];
  /** Played ms of each event. */
  readonly #played: number[] = [];
  readonly #finder = new MarkFinder();
  /** The states after 0, snapshotEvery, 2 × snapshotEvery, … events, as far as they were worked out. */
  readonly #snapshots: RunState[] = [initialState];
  /** The state that was asked for last: the next one is usually close. */
  #recent: {readonly count: number; readonly state: RunState} = {count: 0, state: initialState};

  /** `idleMs`: longest gap between two events on the played clock; Infinity to cut nothing. */
  constructor(events: readonly Event[], idleMs: number = defaultIdleMs) {
    this.#idleMs = idleMs;
    this.append(events);
  }

  /** Appends new events. */
  append(events: readonly Event[]): void {
    for (const event of events) {
      const before = this.#events.at(-1);
      const gap = before === undefined ? 0 : Math.max(0, event.at - before.at);
      this.#played.push((this.#played.at(-1) ?? 0) + Math.min(gap, this.#idleMs));
      this.#events.push(event);
      this.#finder.add(event);
    }
  }

  get events(): readonly Event[] {
    return this.#events;
  }

  /** Number of events. */
  get length(): number {
    return this.#events.length;
  }

  /** Played ms of the last event. */
  get duration(): number {
    return this.#played.at(-1) ?? 0;
  }

  /** In the order of the events. */
  get marks(): readonly Mark[] {
    return this.#finder.marks;
  }

  /** Played ms at which the `count`th event happens. */
  playedAt(count: number): number {
    return this.#played[Math.max(0, Math.min(count, this.length) - 1)] ?? 0;
  }

  /** Returns the number of events at a played time. */
  countAt(played: number): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#played[middle] ?? Infinity) <= played) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /**
   * Returns the run's time (ms since the epoch) at a played time with `count` events behind. In a shortened
   * gap, the run's time passes faster, evenly. Countdowns therefore run down as they did.
   */
  timeAt(count: number, played: number): number {
    const before = this.#events[Math.max(0, count - 1)];
    const after = this.#events[count];
    if (before === undefined) return 0;
    const from = this.playedAt(count);
    if (after === undefined) return before.at;
    const cut = this.playedAt(count + 1) - from;
    const share = cut <= 0 ? 0 : Math.max(0, Math.min(1, (played - from) / cut));
    return before.at + share * Math.max(0, after.at - before.at);
  }

  /** The state after `count` events: the same as evolving from the start. */
  stateAt(count: number): RunState {
    const wanted = Math.max(0, Math.min(count, this.length));
    let {count: at, state} = this.#nearest(wanted);
    while (at < wanted) {
      state = evolve(state, this.#events[at]!);
      at += 1;
      if (at === this.#snapshots.length * snapshotEvery) this.#snapshots.push(state);
    }
    this.#recent = {count: at, state};
    return state;
  }

  /**
   * Works the kept states out for some more events, so that later seeks are short. Opening does not wait for it.
   * Returns whether there is more to do.
   */
  index(events: number): boolean {
    const more = (): boolean => this.#snapshots.length * snapshotEvery <= this.length;
    if (!more()) return false;
    const done = (this.#snapshots.length - 1) * snapshotEvery;
    const next = Math.min(this.length, done + Math.max(snapshotEvery, events));
    const {count, state} = this.#recent;
    this.stateAt(next);
    // Keeps the last requested state at hand.
    this.#recent = {count, state};
    return more();
  }

  #nearest(count: number): {readonly count: number; readonly state: RunState} {
    const kept = Math.min(Math.floor(count / snapshotEvery), this.#snapshots.length - 1);
    const recent = this.#recent;
    if (recent.count <= count && recent.count >= kept * snapshotEvery) return recent;
    return {count: kept * snapshotEvery, state: this.#snapshots[kept] ?? initialState};
  }
}
