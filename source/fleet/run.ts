import type {RunQuestion, TakenLook} from '../engine/model/events.ts';
import type {Answer, ClockPort} from '../engine/model/ports.ts';
import type {Interruption} from '../engine/run.ts';
import type {Account} from './account.ts';
import {childAsked, decideFleet, type RunNamer} from './decide.ts';
import type {ChildEnd, FleetAnswer, FleetEvent, FleetHappening, Look, WaveQuestion} from './events.ts';
import {evolveFleet} from './evolve.ts';
import type {FleetState} from './state.ts';
import {steerFleet, type FleetCommand} from './steer.ts';

/** Puts a question of an account's run, and gives the answer. */
export type AskFleet = (question: RunQuestion) => Promise<Answer>;

/** The runs of the accounts. Undefined where one was interrupted. */
export interface ChildrenPort {
  /** Looks at an account. It changes nothing. */
  look(account: Account, run: string): Promise<Look | undefined>;
  /** Starts an account's run, with the records of its look where it may go on from that, or goes on with the run. */
  go(
    account: Account,
    run: string,
    ask: AskFleet,
    look: TakenLook | undefined,
  ): Promise<ChildEnd | undefined>;
  /** Hears when no account can be entered any more, and when that is over. The returned function ends that. */
  watchKeys?(ended: (why: string) => void, found: () => void): () => void;
}

/** Whoever agrees to waves, and to what an account's run wants beyond its wave. */
export interface FleetOperator {
  askWave(question: WaveQuestion, state: FleetState, signal: AbortSignal): Promise<FleetAnswer>;
  askChild(account: Account, question: RunQuestion, signal: AbortSignal): Promise<FleetAnswer>;
}

/** Parts of a fleet. */
export interface FleetSetup {
  /** The state that the journal's events so far add up to. */
  readonly from: FleetState;
  /** Resolves when all of the events are on disk. Throws `JournalError`: the fleet must stop. */
  readonly append: (events: readonly FleetEvent[]) => Promise<void>;
  readonly children: ChildrenPort;
  readonly operator: FleetOperator;
  readonly clock: ClockPort;
  readonly nameRun: RunNamer;
  readonly publish: (state: FleetState, events: readonly FleetEvent[]) => void;
  readonly interruption: Interruption;
  /** The caller, in few words: who gives a command. */
  readonly who: string;
  /** Registers what receives an operator's commands. */
  readonly steering?: (handler: (command: FleetCommand) => void) => void;
}

/** News since the last turn; made into an event with the state that it meets. */
type Arrival = (state: FleetState) => readonly FleetHappening[];

/**
 * Runs a fleet until it ends or is interrupted. What is about to be done is on disk before it is done, and what came of
 * it before anything is built on it. Throws the errors of `append`, and what an account's run threw.
 */
export function runFleet(setup: FleetSetup): Promise<FleetState> {
  return new FleetRunner(setup).run();
}

class FleetRunner {
  readonly #setup: FleetSetup;
  readonly #arrivals: Arrival[] = [];
  /** Gives an account's run the answer to its question. */
  readonly #waiting = new Map<string, (answer: Answer) => void>();
  /** Withdraws a question that the operator is asked about an account. */
  readonly #asking = new Map<string, AbortController>();
  readonly #over = new AbortController();
  #state: FleetState;
  #underWay = 0;
  #broken: {readonly error: unknown} | undefined;
  #wake = Promise.withResolvers<void>();

  constructor(setup: FleetSetup) {
    this.#setup = setup;
    this.#state = setup.from;
  }

  async run(): Promise<FleetState> {
    const {gently, atOnce} = this.#setup.interruption;
    for (const signal of [gently, atOnce]) signal.addEventListener('abort', () => this.#wake.resolve());
    this.#setup.steering?.((command) => this.#arrive((state) => steerFleet(state, command, this.#setup.who)));
    const stopWatching = this.#setup.children.watchKeys?.(
      (why) => this.#arrive(({paused}) => (paused === undefined ? [{type: 'fleet-paused', why}] : [])),
      () => this.#arrive(({paused}) => (paused === undefined ? [] : [{type: 'fleet-continued'}])),
    );
    try {
      for (;;) {
        this.#wake = Promise.withResolvers<void>();
        const wakeAt = await this.#turn();
        if (this.#broken !== undefined) throw this.#broken.error;
        const settled = this.#underWay === 0 && this.#arrivals.length === 0;
        const {ended, interrupted} = this.#state;
        if ((ended !== undefined || interrupted !== undefined) && settled) return this.#state;
        if (this.#arrivals.length === 0) await this.#pause(wakeAt);
      }
    } finally {
      stopWatching?.();
      this.#over.abort();
    }
  }

  /** One turn: record, decide, journal, publish, do. Returns when to decide again (ms since the epoch). */
  async #turn(): Promise<number | undefined> {
    const {clock, append, publish, nameRun, interruption} = this.#setup;
    const now = clock.now();
    const batch: FleetEvent[] = [];
    let state = this.#state;
    const apply = (happening: FleetHappening): void => {
      const event = {...happening, at: now};
      state = evolveFleet(state, event);
      batch.push(event);
    };
    for (const arrival of this.#arrivals.splice(0)) arrival(state).forEach(apply);
    if (interruption.gently.aborted && state.interrupted === undefined && state.ended === undefined) {
      apply({type: 'fleet-interrupted', signal: String(interruption.gently.reason)});
    }
    let decision = decideFleet(state, now, nameRun);
    while (decision.records.length > 0) {
      decision.records.forEach(apply);
      decision = decideFleet(state, now, nameRun);
    }
    if (batch.length > 0) {
      await append(batch);
      this.#state = state;
      publish(state, batch);
      for (const event of batch) this.#do(event);
    }
    return decision.wakeAt;
  }

  async #pause(wakeAt: number | undefined): Promise<void> {
    if (wakeAt === undefined) return this.#wake.promise;
    const sleep = new AbortController();
    await Promise.race([this.#wake.promise, this.#setup.clock.until(wakeAt, sleep.signal)]);
    sleep.abort();
  }

  /** Does what was recorded, if that is anything to do. */
  #do(event: FleetEvent): void {
    const {children, operator} = this.#setup;
    switch (event.type) {
      case 'look-started':
        return this.#follow(
          event.account,
          (account) => children.look(account, event.run),
          (look) => ({
            type: 'look-ended',
            account: event.account,
            ...look,
          }),
        );
      case 'child-started': {
        const ask: AskFleet = (question) => this.#asked(event.account, question);
        return this.#follow(
          event.account,
          (account) => children.go(account, event.run, ask, event.look),
          (end) => ({
            type: 'child-ended',
            account: event.account,
            ...end,
          }),
        );
      }
      case 'wave-asked':
        return this.#answered(operator.askWave(event, this.#state, this.#signal()), (answer) => ({
          type: 'wave-answered',
          wave: event.wave,
          ...answer,
        }));
      case 'child-asked': {
        const account = this.#state.accounts.get(event.account)?.account;
        if (event.covered || account === undefined) return undefined;
        const asking = new AbortController();
        this.#asking.set(event.account, asking);
        const signal = AbortSignal.any([asking.signal, this.#signal()]);
        return this.#answered(operator.askChild(account, event.question, signal), (answer) =>
          asking.signal.aborted ? undefined : {type: 'child-agreed', account: event.account, ...answer},
        );
      }
      case 'child-answered': {
        this.#asking.get(event.account)?.abort();
        const {accepted, by, typed, missing} = event;
        const said = {by, ...(typed === undefined ? {} : {typed})};
        const answer: Answer = accepted
          ? {accepted, ...said}
          : {accepted, ...said, ...(missing === undefined ? {} : {missing})};
        this.#waiting.get(event.account)?.(answer);
        this.#waiting.delete(event.account);
        return undefined;
      }
      case 'child-ended':
        this.#asking.get(event.account)?.abort();
        return undefined;
      default:
        return undefined;
    }
  }

  /** Aborts when nobody is to be asked any more. */
  #signal(): AbortSignal {
    return AbortSignal.any([this.#over.signal, this.#setup.interruption.gently]);
  }

  #asked(account: string, question: RunQuestion): Promise<Answer> {
    const {promise, resolve} = Promise.withResolvers<Answer>();
    this.#waiting.set(account, resolve);
    this.#arrive((state) => [childAsked(state, account, question)]);
    return promise;
  }

  /** Sees an account's look or run to its end. One that was interrupted leaves no word. */
  #follow<T>(
    id: string,
    work: (account: Account) => Promise<T | undefined>,
    ended: (result: T) => FleetHappening,
  ): void {
    const account = this.#state.accounts.get(id)?.account;
    if (account === undefined) return;
    this.#underWay += 1;
    void work(account)
      .then(
        (result) => this.#arrive(() => (result === undefined ? [] : [ended(result)])),
        (error: unknown) => {
          this.#broken ??= {error};
        },
      )
      .finally(() => {
        this.#underWay -= 1;
        this.#wake.resolve();
      });
  }

  /** Waits for an operator's answer. One that comes when nobody waits for it any more counts for nothing. */
  #answered(answer: Promise<FleetAnswer>, said: (answer: FleetAnswer) => FleetHappening | undefined): void {
    void this.#given(answer, said).catch((error: unknown) => {
      this.#broken ??= {error};
      this.#wake.resolve();
    });
  }

  async #given(
    answer: Promise<FleetAnswer>,
    said: (answer: FleetAnswer) => FleetHappening | undefined,
  ): Promise<void> {
    const given = await answer;
    if (!this.#signal().aborted) this.#arrive(() => said(given) ?? []);
  }

  #arrive(arrival: (state: FleetState) => FleetHappening | readonly FleetHappening[]): void {
    this.#arrivals.push((state) => [arrival(state)].flat());
    this.#wake.resolve();
  }
}
