import type {Event, Question} from '../../engine/model/events.ts';
import {initialState} from '../../engine/evolve/evolve.ts';
import type {Answer} from '../../engine/model/ports.ts';
import type {Command} from '../../engine/decide/operator-commands.ts';
import type {RunState} from '../../engine/model/state.ts';
import type {Closing} from '../../wording/run-summary.ts';
import {RecentPast} from './recent-past.ts';
import type {Asking, Shown} from './run-screen-state.ts';

/** The part of a run that a frame shows and a key acts on, between two frames. */
export class LiveRun {
  readonly #past = new RecentPast();
  readonly #changed: () => void;
  readonly #progressed: () => void;
  #state: RunState = initialState;
  #opening = 'Starting';
  #awaited: string | undefined;
  #askedForBy: string | undefined;
  #unansweredSince: number | undefined;
  #asking: Asking | undefined;
  #questions = 0;
  #closing: Closing | undefined;
  #steer: ((command: Command) => void) | undefined;

  /** One of them is called when a frame would show something else: `progressed` when that is the run's work. */
  constructor({changed, progressed}: {readonly changed: () => void; readonly progressed: () => void}) {
    this.#changed = changed;
    this.#progressed = progressed;
  }

  get isClosing(): boolean {
    return this.#closing !== undefined;
  }

  /** The screen's input. `now` is in ms since the epoch. */
  shown(now: number): Shown {
    return {
      state: this.#state,
      now,
      told: this.#past.told,
      log: this.#past.log,
      opening: this.#opening,
      awaited: this.#awaited,
      askedForBy: this.#askedForBy,
      unansweredSince: this.#unansweredSince,
      asking: this.#asking,
      closing: this.#closing,
      calls: this.#past.calls,
      steerable: this.#steer !== undefined && this.#state.ended === undefined,
    };
  }

  readonly command = (command: Command): void => this.#steer?.(command);

  readonly opening = (message: string): void => {
    this.#opening = message;
    this.#changed();
  };

  readonly waiting = (what: string | undefined): void => {
    this.#awaited = what;
    this.#changed();
  };

  readonly askedFor = (by: string | undefined): void => {
    this.#askedForBy = by;
    this.#changed();
  };

  readonly unanswered = (since: number | undefined): void => {
    this.#unansweredSince = since;
    this.#changed();
  };

  readonly publish = (state: RunState, events: readonly Event[]): void => {
    this.#state = state;
    this.#past.add(events, state.steps);
    this.#progressed();
  };

  readonly steering = (handler: (command: Command) => void): void => {
    this.#steer = handler;
  };

  readonly ask = (question: Question, signal: AbortSignal): Promise<Answer> => {
    const {promise, resolve} = Promise.withResolvers<Answer>();
    const settle = (answer: Answer): void => {
      // A key may be pressed on a question that is still drawn and no longer asked.
      if (this.#asking?.question !== question) return;
      this.#asking = undefined;
      resolve(answer);
      this.#changed();
    };
    this.#questions += 1;
    this.#asking = {id: this.#questions, question, answer: settle};
    const withdraw = (): void => settle({accepted: false, by: 'nobody'});
    if (signal.aborted) withdraw();
    else signal.addEventListener('abort', withdraw, {once: true});
    this.#changed();
    return promise;
  };

  close(closing: Closing): void {
    this.#closing = closing;
    this.#state = closing.state;
    this.#changed();
  }
}
