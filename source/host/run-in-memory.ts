import {noLists, requestOfPage, type Lists} from '../engine/respond/list-reader.ts';
import {workIn} from '../engine/evolve/active-steps.ts';
import {initialState, evolveAll} from '../engine/evolve/evolve.ts';
import {itemIn} from '../engine/evolve/item-updates.ts';
import type {CallAction} from '../engine/model/decision.ts';
import type {Event} from '../engine/model/events.ts';
import type {AwsPort, CallRequest, ClockPort} from '../engine/model/ports.ts';
import {modelOf, type Program} from '../engine/model/program.ts';
import type {RunState} from '../engine/model/state.ts';
import {sendCall} from '../engine/send-call.ts';
import type {Arrival, RunTurn, Standing} from '../engine/turn.ts';
import {PollFolder} from '../journal/fold-polls.ts';

type CallStarted = Extract<Event, {type: 'call-started'}>;
type Outcome = Extract<Arrival, {kind: 'outcome'}>;

/** A read that a turn asked for. */
interface Read {
  readonly action: CallAction;
  readonly request: CallRequest;
  sent: boolean;
}

/**
 * A run as this process has it in memory, with the reads that this process makes for it. It may be ahead of the run's
 * history by polls that are not recorded. All of it can be lost: it is read again from the history, and reads are repeated.
 */
export class RunInMemory {
  readonly program: Program;
  /** The hash of the last record: it says which moment of which history this is. */
  head: string;
  /** Number of the record that put the last question. */
  asked: number;
  standing: Standing;
  /** The last decision in this process, and the time of the next one. */
  decided: {readonly wakeAt?: number} | undefined;
  readonly #polls: PollFolder;
  readonly #reads = new Map<number, Read>();
  #arrived: Outcome[] = [];
  #bell = Promise.withResolvers<void>();
  #nudged = false;
  #broken: {readonly error: unknown} | undefined;
  #turns = 0;

  /** `history`: all records up to `head`. */
  constructor(program: Program, head: string, history: readonly Event[], lists: Lists = noLists) {
    this.program = program;
    this.head = head;
    this.asked = history.findLastIndex(({type}) => type === 'asked') + 1;
    const state = evolveAll(initialState, history);
    this.standing = {state, lists};
    this.#polls = PollFolder.after(history);
    const pending = new Set(state.calls.map(({call}) => call));
    for (const event of history) {
      if (event.type === 'call-started' && pending.has(event.call)) this.#know(actionOf(event));
    }
  }

  get state(): RunState {
    return this.standing.state;
  }

  /** Begins a turn, and ends the waiting of an earlier one. Returns its number. */
  beginTurn(): number {
    this.#turns += 1;
    this.#bell.resolve();
    this.#bell = Promise.withResolvers<void>();
    return this.#turns;
  }

  /** Returns false once another turn has begun: the engine may have given up a handler, and started it again. */
  isLatest(turn: number): boolean {
    return turn === this.#turns;
  }

  /** True where a read is to be made that is not under way here. */
  get readsToMake(): boolean {
    return [...this.#reads.values()].some(({sent}) => !sent);
  }

  /** Makes the reads that the run waits for and that are not under way here. */
  makeReads(aws: Pick<AwsPort, 'call'>): void {
    for (const read of this.#reads.values()) {
      if (read.sent) continue;
      read.sent = true;
      void this.#make(aws, read);
    }
  }

  /** Takes an outcome in that this process knows before its message comes. */
  deliver(outcome: Outcome): void {
    this.#arrived.push(outcome);
    this.#bell.resolve();
  }

  /** Has a turn that waits end at once: other news waits for its handler to be over. */
  nudge(): void {
    this.#nudged = true;
    this.#bell.resolve();
  }

  /** Returns true if other news waits, once. */
  takeNudge(): boolean {
    const nudged = this.#nudged;
    this.#nudged = false;
    return nudged;
  }

  /** Waits until something arrives or it is time for the next decision, and no longer than `end` on the clock. */
  async wait(clock: ClockPort, end: number): Promise<void> {
    if (this.#arrived.length === 0 && !this.#nudged) {
      const over = new AbortController();
      const until = Math.min(end, this.decided?.wakeAt ?? end);
      await Promise.race([this.#bell.promise, clock.until(until, over.signal)]);
      over.abort();
    }
    // Answers that come together are taken together.
    await new Promise((resolve) => setImmediate(resolve));
  }

  /** Returns what has arrived, and forgets it. Throws where a read could not be made at all. */
  takeArrived(): readonly Outcome[] {
    if (this.#broken !== undefined) throw this.#broken.error;
    const arrived = this.#arrived;
    this.#arrived = [];
    this.#bell = Promise.withResolvers<void>();
    return arrived;
  }

  /** Returns the events of a turn that are to be recorded. */
  recordsOf(events: readonly Event[]): readonly Event[] {
    return this.#polls.recordsOf(events);
  }

  /** Returns the polls that the state shows and the records leave out, if they are others than the last time. */
  newLeftOut(): readonly Event[] | undefined {
    return this.#polls.newLeftOut()?.flatMap((poll) => (isLatest(this.state, poll) ? poll : []));
  }

  /** Goes on from a turn. */
  follow({state, lists, calls, wakeAt}: RunTurn, head: string, asked: number | undefined): void {
    this.standing = {state, lists};
    this.decided = wakeAt === undefined ? {} : {wakeAt};
    this.head = head;
    if (asked !== undefined) this.asked = asked;
    for (const {action, request} of calls) {
      if (action.intent.effect === 'read') this.#know(action, request);
    }
    const pending = new Set(state.calls.map(({call}) => call));
    for (const call of this.#reads.keys()) if (!pending.has(call)) this.#reads.delete(call);
  }

  #know(action: CallAction, request?: CallRequest): void {
    const {call, effect, operation} = action.intent;
    if (effect !== 'read') return;
    const model = modelOf(this.program, operation);
    const whole = request ?? requestOfPage(this.standing.lists, action, model);
    this.#reads.set(call, {action, request: whole, sent: false});
  }

  async #make(aws: Pick<AwsPort, 'call'>, {action, request}: Read): Promise<void> {
    try {
      const outcome = await sendCall(this.program, aws, request, new AbortController().signal);
      this.deliver({kind: 'outcome', action, outcome});
    } catch (error) {
      this.#broken = {error};
      this.#bell.resolve();
    }
  }
}

/** Returns true if a poll is the last one of an item that still waits. */
function isLatest({account, lanes}: RunState, poll: readonly Event[]): boolean {
  const [started, ended] = [poll[0], poll.at(-1)];
  if (started?.type !== 'call-started') return false;
  const lane = started.region === undefined ? account : lanes.get(started.region);
  return (
    lane !== undefined && itemIn(workIn(lane, started.step)?.items, started.item)?.polledAt === ended?.at
  );
}

/** The action that a recorded intent was. */
function actionOf(intent: CallStarted): CallAction {
  const {operation, input, region, phase} = intent;
  return {
    intent,
    request: {
      operation,
      input: input as CallRequest['input'],
      ...(region === undefined ? {} : {region}),
      ...(phase === 'read' ? {exact: true} : {}),
    },
  };
}
