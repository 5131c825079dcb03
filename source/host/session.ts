import type {Event} from '../engine/model/events.ts';
import type {At, ListChanges, ListsText} from './messages.ts';

/** Longest time that one handler goes on with a run (ms): what arrives from elsewhere waits for its end. */
const sessionMs = 1000;

/** What a turn adds. */
interface Followed {
  readonly at: At;
  readonly events: readonly Event[];
  readonly lists: ListChanges;
}

/**
 * The time that one handler of the engine goes on with a run: as far as the run was when it began, and the turns since. The
 * engine has kept each of them. It plays a handler that was cut off again with the same ones.
 */
export class Session {
  at: At;
  /** Number of batches that the engine had when it began. */
  readonly batches: number;
  readonly #own: (readonly Event[])[];
  readonly #lists = new Map<string, ListChanges[number][1]>();
  /** Time at which it is to end (ms since the epoch). */
  readonly endsAt: number;

  /** `own`: batches that the engine is only about to keep. */
  constructor(at: At, now: number, own: readonly (readonly Event[])[] = []) {
    this.at = at;
    this.endsAt = now + sessionMs;
    this.batches = at.batches - own.length;
    this.#own = [...own];
  }

  /** Batches that came after those that the engine had. */
  get own(): readonly (readonly Event[])[] {
    return this.#own;
  }

  /** Goes on from a turn that the engine has kept. */
  follow({at, events, lists}: Followed): void {
    this.at = at;
    if (events.length > 0) this.#own.push(events);
    for (const [name, reading] of lists) this.#lists.set(name, reading);
  }

  /** The lists under way by now, of those that the engine has. */
  listsOver(kept: ListsText): ListsText {
    const all = new Map<string, ListChanges[number][1]>([...kept, ...this.#lists]);
    return [...all].flatMap(([name, reading]) => (reading === null ? [] : [[name, reading] as const]));
  }
}
