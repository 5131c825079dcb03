import {decide} from './decide/decide.ts';
import type {CallAction, Decision} from './model/decision.ts';
import type {Event, Happening, RunQuestion} from './model/events.ts';
import {evolve} from './evolve/evolve.ts';
import {keptOfPage} from './respond/kept-of-page.ts';
import {ListReader, type ListOutcome} from './respond/list-reader.ts';
import {stamp, type Answer, type Ports} from './model/ports.ts';
import {modelOf, type Program} from './model/program.ts';
import {concealedHappening, concealedOutcome, revealed} from './model/mask-secrets.ts';
import {sendingOrder} from './decide/send-order.ts';
import {settle} from './respond/interpret-response.ts';
import {steer, type Command} from './decide/operator-commands.ts';
import type {RunState} from './model/state.ts';

/** Receives every batch of events once it is on disk, with the state that it leads to. */
type Publish = (state: RunState, events: readonly Event[]) => void;

/** Ways to ask a run to stop. */
export interface Interruption {
  /** Aborts with the signal's name as reason. Nothing new starts; calls in flight finish and are journaled. */
  readonly gently: AbortSignal;
  /** Aborts to end calls in flight too. */
  readonly atOnce: AbortSignal;
}

/** News from the world since the last turn. */
type Arrival =
  | ({readonly kind: 'outcome'; readonly action: CallAction} & ListOutcome)
  | {readonly kind: 'answer'; readonly question: RunQuestion; readonly answer: Answer}
  | {readonly kind: 'command'; readonly command: Command}
  | {readonly kind: 'renewed'; readonly fresh: boolean};

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
  readonly #lists = new ListReader();
  #state: RunState;
  #underWay = 0;
  #renewing = false;
  #asking: AbortController | undefined;
  #wake = Promise.withResolvers<void>();

  constructor({program, ports, from, publish, interruption, steering, operator}: RunSetup) {
    this.#program = program;
    this.#ports = ports;
    this.#state = from;
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

  /** One turn: record, decide, journal, publish, start. Returns when to look again (ms since the epoch). */
  async #turn(): Promise<number | undefined> {
    const {state, batch, decision} = this.#next();
    const {ask} = decision;
    if (batch.length > 0) {
      await this.#ports.journal.append(batch);
      this.#state = state;
      this.#publish(state, batch);
    }
    for (const action of sendingOrder(decision.calls, state)) void this.#call(action);
    if (ask !== undefined) this.#ask(ask);
    if (state.paused?.why === 'credentials') void this.#renew();
    return decision.wakeAt;
  }

  /** Returns the events of all news and of the decision on it, with the resulting state. */
  #next(): {readonly state: RunState; readonly batch: readonly Event[]; readonly decision: Decision} {
    const {clock, chance} = this.#ports;
    const now = clock.now();
    const batch: Event[] = [];
    let state = this.#state;
    const apply = (happening: Happening): void => {
      const event = stamp(concealedHappening(happening, this.#program.secrets ?? []), now);
      state = evolve(state, event);
      batch.push(event);
    };
    for (const arrival of this.#arrivals.splice(0)) {
      for (const happening of this.#eventsOf(state, arrival, now)) apply(happening);
    }
    if (this.#interruption.gently.aborted && state.interrupted === undefined && state.ended === undefined) {
      apply({type: 'interrupted', signal: String(this.#interruption.gently.reason)});
    }
    let decision = decide(this.#program, state, now, () => chance.token());
    while (decision.records.length > 0) {
      for (const happening of decision.records) apply(happening);
      decision = decide(this.#program, state, now, () => chance.token());
    }
    for (const {intent} of decision.calls) apply(intent);
    if (decision.ask !== undefined) apply({type: 'asked', question: decision.ask});
    return {state, batch, decision};
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
    this.#arrive({kind: 'command', command});
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
    this.#asking = asking;
    void this.#answer(question, asking.signal);
  }

  async #answer(question: RunQuestion, signal: AbortSignal): Promise<void> {
    const answer = await this.#ports.operator.ask(question, signal);
    this.#arrive({kind: 'answer', question, answer});
  }

  async #call(action: CallAction): Promise<void> {
    this.#underWay += 1;
    const arrival = await this.#send(action);
    this.#underWay -= 1;
    this.#arrive({kind: 'outcome', action, ...arrival});
  }

  async #send(action: CallAction): Promise<ListOutcome> {
    const model = modelOf(this.#program, action.intent.operation);
    const request = this.#lists.next(action, model);
    const {secrets = []} = this.#program;
    const sent = {...request, input: revealed(request.input, secrets)};
    const answered = await this.#ports.aws.call(sent, this.#interruption.atOnce);
    return this.#lists.read(action, concealedOutcome(answered, model.output, secrets), (page) =>
      keptOfPage(this.#program, this.#state, action, page),
    );
  }

  #eventsOf(state: RunState, arrival: Arrival, now: number): readonly Happening[] {
    if (arrival.kind === 'outcome') {
      const {kind: _, ...came} = arrival;
      return settle({...came, program: this.#program, state, now, random: this.#ports.chance.random()});
    }
    if (arrival.kind === 'answer') return answerEvents(state, arrival.question, arrival.answer);
    if (arrival.kind === 'command') return steer(this.#program, state, arrival.command, this.#operator);
    if (state.paused?.why !== 'credentials') return [];
    const by = arrival.fresh ? 'new credentials' : 'the same credentials, which AWS takes again';
    return [{type: 'continued', by}];
  }
}

/** The events of an operator's answer. */
function answerEvents({steps}: RunState, {step, kind}: RunQuestion, answer: Answer): readonly Happening[] {
  const typed = answer.typed === undefined ? {} : {typed: answer.typed};
  const answered = {type: 'answered' as const, step, accepted: answer.accepted, by: answer.by, ...typed};
  if (answer.accepted && kind === 'resend') return [answered];
  // A change that was asked about at its own step is made now; a confirmation has nothing more to do.
  const confirms = steps.some(({id, does}) => id === step && does === 'confirm');
  if (answer.accepted && !confirms) return [answered];
  if (answer.accepted) return [answered, {type: 'step-succeeded', step, output: true, summary: 'confirmed'}];
  const missing = 'missing' in answer ? answer.missing : undefined;
  if (missing === undefined) {
    return [
      answered,
      {type: 'run-ended', status: 'declined', message: 'the operator said no: nothing more was done'},
    ];
  }
  return [
    {...answered, missing},
    {
      type: 'run-ended',
      status: 'needs-operator',
      message: `nobody is here to confirm: answer with ${missing}`,
    },
  ];
}
