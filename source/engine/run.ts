import type {Command} from './decide/operator-commands.ts';
import type {Event, RunQuestion} from './model/events.ts';
import type {Ports} from './model/ports.ts';
import type {Program} from './model/program.ts';
import type {RunState} from './model/state.ts';
import {noLists} from './respond/list-reader.ts';
import {sendCall} from './send-call.ts';
import {turn, type Arrival, type RunTurn, type Standing} from './turn.ts';

/** Receives every batch of events once it is on disk, with the state that it leads to. */
type Publish = (state: RunState, events: readonly Event[]) => void;

/** Ways to ask a run to stop. */
export interface Interruption {
  /** Aborts with the signal's name as reason. Nothing new starts; calls in flight finish and are journaled. */
  readonly gently: AbortSignal;
  /** Aborts to end calls in flight too. */
  readonly atOnce: AbortSignal;
}

/** Interval between looks for new credentials while a run is paused for them, in ms. */
const renewalMs = 5000;

/** Source of an operator's commands: calls `handler` with each. */
export type Steering = (handler: (command: Command) => void) => void;

/** Parts of a run. */
export interface RunSetup {
  readonly program: Program;
  readonly ports: Ports;
  /** The state that the journal's events so far add up to. */
  readonly from: RunState;
  readonly publish: Publish;
  readonly interruption: Interruption;
  readonly steering?: Steering;
  /** The caller who steers it, in few words. */
  readonly operator?: string;
}

/**
 * Runs a program from a state until it ends or is interrupted. Each turn records news, decides, and journals both
 * with one write. An intent is on disk before its call is sent, and a result before any view shows it. Throws the
 * errors of `journal.append`: a run that cannot be journaled stops.
 */
export function run(setup: RunSetup): Promise<RunState> {
  return new Runner(setup).run();
}

class Runner {
  readonly #program: Program;
  readonly #ports: Ports;
  readonly #publish: Publish;
  readonly #interruption: Interruption;
  readonly #steering: Steering | undefined;
  readonly #operator: string;
  readonly #arrivals: Arrival[] = [];
  #standing: Standing;
  #underWay = 0;
  #renewing = false;
  /** Change calendars that are being asked. */
  readonly #askingCalendars = new Set<string>();
  #asked: RunQuestion | undefined;
  #asking: AbortController | undefined;
  #wake = Promise.withResolvers<void>();

  constructor({program, ports, from, publish, interruption, steering, operator}: RunSetup) {
    this.#program = program;
    this.#ports = ports;
    this.#standing = {state: from, lists: noLists};
    this.#publish = publish;
    this.#interruption = interruption;
    this.#steering = steering;
    this.#operator = operator ?? 'terminal';
  }

  async run(): Promise<RunState> {
    const {gently, atOnce} = this.#interruption;
    for (const signal of [gently, atOnce]) signal.addEventListener('abort', () => this.#wake.resolve());
    this.#steering?.((command) => void this.#command(command));
    try {
      for (;;) {
        this.#wake = Promise.withResolvers<void>();
        const wakeAt = await this.#turn();
        const settled = this.#underWay === 0 && this.#arrivals.length === 0;
        if (this.#state.ended !== undefined && settled) return this.#state;
        if (this.#state.interrupted !== undefined && (settled || atOnce.aborted)) return this.#state;
        if (this.#arrivals.length === 0) await this.#pause(wakeAt);
      }
    } finally {
      this.#asking?.abort();
    }
  }

  get #state(): RunState {
    return this.#standing.state;
  }

  /** One turn: record, decide, journal, publish, start. Returns when to look again (ms since the epoch). */
  async #turn(): Promise<number | undefined> {
    const {state, lists, batch, calls, calendars, wakeAt} = this.#next();
    if (batch.length > 0) await this.#ports.journal.append(batch);
    this.#standing = {state, lists};
    if (batch.length > 0) this.#publish(state, batch);
    for (const call of calls) void this.#call(call);
    for (const calendar of calendars) void this.#askCalendar(calendar);
    if (state.question !== undefined && state.question !== this.#asked) this.#ask(state.question);
    if (state.paused?.why === 'credentials') void this.#renew();
    return wakeAt;
  }

  /** The next turn, with all news. */
  #next(): RunTurn {
    const {clock, chance} = this.#ports;
    const {gently} = this.#interruption;
    const arrivals = this.#arrivals.splice(0);
    // Until its answer is taken in, a calendar is being asked.
    for (const arrival of arrivals)
      if (arrival.kind === 'calendar') this.#askingCalendars.delete(arrival.calendar);
    // A question that its answer leaves open is put again.
    if (arrivals.some(({kind}) => kind === 'answer')) this.#asked = undefined;
    if (gently.aborted) arrivals.push({kind: 'interrupted', signal: String(gently.reason)});
    return turn(this.#program, this.#standing, arrivals, clock.now(), chance);
  }

  /** Looks for new credentials until there are some, or the pause has ended otherwise. */
  async #renew(): Promise<void> {
    if (this.#renewing) return;
    this.#renewing = true;
    const {gently} = this.#interruption;
    const {aws, clock} = this.#ports;
    while (this.#state.paused?.why === 'credentials' && !gently.aborted) {
      await clock.until(clock.now() + renewalMs, gently);
      const renewal = gently.aborted ? undefined : await aws.renew(gently);
      if (renewal?.works !== true) continue;
      this.#arrive({kind: 'renewed', fresh: renewal.fresh});
      break;
    }
    this.#renewing = false;
  }

  /** An operator who goes on after signing in again means the new credentials: they are looked for first. */
  async #command(command: Command): Promise<void> {
    const wantsCredentials = command.do === 'continue' && this.#state.paused?.why === 'credentials';
    if (wantsCredentials) await this.#ports.aws.renew(this.#interruption.gently);
    this.#arrive({kind: 'command', command, by: this.#operator});
  }

  async #pause(wakeAt: number | undefined): Promise<void> {
    if (wakeAt === undefined) return this.#wake.promise;
    const sleep = new AbortController();
    await Promise.race([this.#wake.promise, this.#ports.clock.until(wakeAt, sleep.signal)]);
    sleep.abort();
  }

  #arrive(arrival: Arrival): void {
    this.#arrivals.push(arrival);
    this.#wake.resolve();
  }

  #ask(question: RunQuestion): void {
    const asking = new AbortController();
    this.#asked = question;
    this.#asking = asking;
    void this.#answer(question, asking.signal);
  }

  async #answer(question: RunQuestion, signal: AbortSignal): Promise<void> {
    const answer = await this.#ports.operator.ask(question, signal);
    this.#arrive({kind: 'answer', question, answer});
  }

  async #askCalendar(calendar: string): Promise<void> {
    const {calendars} = this.#ports;
    if (calendars === undefined || this.#askingCalendars.has(calendar)) return;
    this.#askingCalendars.add(calendar);
    const answer = await calendars.stateOf(calendar, this.#interruption.atOnce);
    this.#arrive({kind: 'calendar', calendar, answer});
  }

  async #call({action, request}: RunTurn['calls'][number]): Promise<void> {
    this.#underWay += 1;
    const outcome = await sendCall(this.#program, this.#ports.aws, request, this.#interruption.atOnce);
    this.#underWay -= 1;
    this.#arrive({kind: 'outcome', action, outcome});
  }
}
