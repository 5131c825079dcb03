import {tick, transport, type Player, type Transport} from '../../replay/player.ts';
import type {Timeline} from '../../replay/timeline.ts';

/** Time between two frames while it plays, and between two looks at whether anything is to be drawn (ms). */
const frame = 50;
/** Time of each frame spent on computing states ahead, so that seeks are short (ms). */
const aheadMs = 16;

interface PlaybackOptions {
  readonly timeline: Timeline;
  readonly player: Player;
  /** The watcher's clock, in ms. */
  readonly clock: () => number;
  /** The time of a run that is still going (ms since the epoch). */
  readonly now: () => number;
  /** Adds new events to the timeline. Returns true while the run may continue. Absent: the recording is complete. */
  readonly follow?: (() => boolean) | undefined;
}

/** A recording that plays with the watcher's clock, and grows while its run goes on. */
export class Playback {
  readonly #options: PlaybackOptions;
  #player: Player;
  /** The run may still continue. */
  #going: boolean;
  /** Time on the watcher's clock up to which it has played. */
  #upTo: number;
  #changedAt = -Infinity;
  #changed: () => void = () => {};
  #ticker: NodeJS.Timeout | undefined;

  constructor(options: PlaybackOptions) {
    this.#options = options;
    this.#player = options.player;
    this.#going = options.follow !== undefined;
    this.#upTo = options.clock();
  }

  get player(): Player {
    return this.#player;
  }

  /** It is at the end of a run that is still going. */
  get watching(): boolean {
    return this.#player.live && this.#going;
  }

  /** Time to show, in ms since the epoch: the world's in a live run, else the time that it was. */
  get now(): number {
    const {timeline, now} = this.#options;
    const {count, played} = this.#player;
    return this.watching ? Math.max(now(), timeline.stateAt(count).now) : timeline.timeAt(count, played);
  }

  /** Plays from now on. Calls `changed` when there is something else to show, and `failed` with the error of `follow`. */
  start(changed: () => void, failed: (error: unknown) => void): void {
    this.#changed = changed;
    this.#ticker = setInterval(() => {
      try {
        if (this.#advance()) changed();
        this.#prepare();
      } catch (error) {
        failed(error);
      }
    }, frame);
  }

  stop(): void {
    clearInterval(this.#ticker);
  }

  readonly press = (wish: Transport): void => {
    this.#player = transport(this.#player, this.#options.timeline, wish);
    this.#changed();
  };

  /** Plays on as far as time has passed. Returns true if there is something else to show. Throws the error of `follow`. */
  #advance(): boolean {
    const {timeline, clock, follow} = this.#options;
    const time = clock();
    const before = this.#player;
    if (this.#going && follow !== undefined) this.#going = follow();
    this.#player = tick(before, timeline, time - this.#upTo, this.#going);
    this.#upTo = time;
    const {count, played, playing} = this.#player;
    const moved = count !== before.count || played !== before.played || playing !== before.playing;
    // Countdowns of a live run move by the second.
    const changed = moved || (this.watching && time - this.#changedAt >= 1000);
    if (changed) this.#changedAt = time;
    return changed;
  }

  /** Computes a few states ahead. */
  #prepare(): void {
    const {timeline, clock} = this.#options;
    for (const start = clock(); clock() - start < aheadMs && timeline.index(1););
  }
}
