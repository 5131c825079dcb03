import type {Event, RunQuestion} from '../../../engine/model/events.ts';
import type {Answer} from '../../../engine/model/ports.ts';
import type {RunState} from '../../../engine/model/state.ts';
import {unknownRegions} from '../../../engine/queries/region-truth.ts';
import type {Account} from '../../../fleet/account.ts';
import type {FleetAnswer, FleetEvent, WaveQuestion} from '../../../fleet/events.ts';
import {initialFleet, type FleetState} from '../../../fleet/state.ts';
import type {FleetCommand} from '../../../fleet/steer.ts';
import {isStuck} from '../../../wording/blocked-help.ts';
import {faultWord} from '../../../wording/fault-text.ts';
import {LiveRun} from '../../run/live-run.ts';
import type {Beside} from '../accounts/account-item.ts';
import type {AccountSteering, FleetClosing} from '../fleet-view.ts';
import {CallRate} from './call-rate.ts';

/** A wave's question on the screen. */
export interface WaveAsking {
  /** Tells one question from the next. */
  readonly id: number;
  readonly question: WaveQuestion;
  readonly answer: (answer: FleetAnswer) => void;
}

/** Input of the screen. */
export interface FleetShown extends Beside {
  readonly state: FleetState;
  readonly opening: string;
  /** The wave that is asked about. */
  readonly wave?: WaveAsking | undefined;
  readonly closing?: FleetClosing | undefined;
  /** Calls a second. */
  readonly rate: number;
}

/** A run under way, and what happened in it so far. */
interface Working {
  state: RunState;
  readonly events: Event[];
}

interface Options {
  /** One of them is called when a frame would show something else: `progressed` when that is the fleet's work. */
  readonly changed: () => void;
  readonly progressed: () => void;
}

/** The part of a fleet that a frame shows and a key acts on, between two frames. Runs that are over are forgotten. */
export class LiveFleet {
  readonly #options: Options;
  readonly #working = new Map<string, Working>();
  /** Runs of accounts that are open on the screen, or ask. */
  readonly #runs = new Map<string, LiveRun>();
  readonly #steering = new Map<string, AccountSteering>();
  readonly #asking = new Set<string>();
  readonly #whys = new Map<string, string>();
  readonly #rate = new CallRate();
  #state = initialFleet;
  #opening = 'Starting';
  #wave: WaveAsking | undefined;
  #questions = 0;
  #closing: FleetClosing | undefined;
  #steer: ((command: FleetCommand) => void) | undefined;

  constructor(options: Options) {
    this.#options = options;
  }

  get state(): FleetState {
    return this.#state;
  }

  get isClosing(): boolean {
    return this.#closing !== undefined;
  }

  /** The screen's input. `now` is in ms since the epoch. */
  shown(now: number): FleetShown {
    const runs = new Map([...this.#working].map(([id, {state}]) => [id, state]));
    return {
      state: this.#state,
      runs,
      asking: this.#asking,
      wave: this.#wave,
      whys: this.#whys,
      now,
      opening: this.#opening,
      closing: this.#closing,
      rate: this.#rate.at(now),
    };
  }

  readonly steering = (handler: (command: FleetCommand) => void): void => {
    this.#steer = handler;
  };

  readonly command = (command: FleetCommand): void => this.#steer?.(command);

  readonly opening = (message: string): void => {
    this.#opening = message;
    this.#options.changed();
  };

  readonly publish = (state: FleetState, events: readonly FleetEvent[]): void => {
    this.#state = state;
    for (const event of events) this.#follow(event);
    this.#options.progressed();
  };

  readonly child = ({id}: Account, state: RunState, events: readonly Event[]): void => {
    const working = this.#working.get(id) ?? {state, events: []};
    working.state = state;
    working.events.push(...events);
    this.#working.set(id, working);
    this.#runs.get(id)?.publish(state, events);
    for (const {type, at} of events) if (type === 'call-started') this.#rate.add(at);
    this.#options.progressed();
  };

  readonly childSteering = ({id}: Account, steering: AccountSteering): void => {
    this.#steering.set(id, steering);
    this.#runs.get(id)?.steering(steering.command);
  };

  /** Stops the run of an account; the fleet goes on. */
  stop(id: string): void {
    this.#steering.get(id)?.stop();
  }

  readonly askWave = (question: WaveQuestion, signal: AbortSignal): Promise<FleetAnswer> => {
    const {promise, resolve} = Promise.withResolvers<FleetAnswer>();
    this.#questions += 1;
    const id = this.#questions;
    const settle = (answer: FleetAnswer): void => {
      // A key may be pressed on a question that is still drawn and no longer asked.
      if (this.#wave?.id !== id) return;
      this.#wave = undefined;
      resolve(answer);
      this.#options.changed();
    };
    this.#wave = {id, question, answer: settle};
    const withdraw = (): void => settle({accepted: false, by: 'nobody'});
    if (signal.aborted) withdraw();
    else signal.addEventListener('abort', withdraw, {once: true});
    this.#options.changed();
    return promise;
  };

  /** Puts a question of an account's run on that account's screen. */
  readonly askChild = async ({id}: Account, question: RunQuestion, signal: AbortSignal): Promise<Answer> => {
    this.#asking.add(id);
    this.#options.changed();
    try {
      return await this.run(id).ask(question, signal);
    } finally {
      this.#asking.delete(id);
      this.#options.changed();
    }
  };

  /** The run of an account that is under way, as its own screen shows it. */
  run(id: string): LiveRun {
    const known = this.#runs.get(id);
    if (known !== undefined) return known;
    const run = new LiveRun(this.#options);
    const working = this.#working.get(id);
    if (working !== undefined) run.publish(working.state, working.events);
    const steering = this.#steering.get(id);
    if (steering !== undefined) run.steering(steering.command);
    this.#runs.set(id, run);
    return run;
  }

  /** Returns true if the run of an account waits for the operator to deal with a failure. */
  isStanding(id: string): boolean {
    const state = this.#working.get(id)?.state;
    return this.#steering.has(id) && state !== undefined && isStuck(state);
  }

  isWorking(id: string): boolean {
    return this.#working.has(id);
  }

  close(closing: FleetClosing): void {
    this.#closing = closing;
    this.#state = closing.state;
    this.#options.changed();
  }

  /** Keeps no run longer than it goes on. */
  #follow(event: FleetEvent): void {
    switch (event.type) {
      case 'look-started':
      case 'child-started':
        this.#whys.delete(event.account);
        return this.#forget(event.account);
      case 'look-ended':
      case 'child-ended': {
        const why = reasonOf(this.#working.get(event.account)?.state);
        if (event.unknown.length > 0 && why !== undefined) this.#whys.set(event.account, why);
        return this.#forget(event.account);
      }
      default:
        return undefined;
    }
  }

  #forget(id: string): void {
    this.#working.delete(id);
    this.#runs.delete(id);
    this.#steering.delete(id);
  }
}

/** Returns the Regions that a run could not check, with the reason of the first. */
function reasonOf(state: RunState | undefined): string | undefined {
  const lanes = state === undefined ? [] : unknownRegions(state);
  const [first] = lanes.filter(({fault}) => fault !== undefined);
  if (first?.fault === undefined) return undefined;
  const where = lanes.map(({region = ''}) => region).join(', ');
  return `${where}: ${faultWord(first.fault)}`;
}
