import type {Event} from '../../../engine/model/events.ts';
import type {AwsPort, CallOutcome, CallRequest} from '../../../engine/model/ports.ts';
import {AnswerChoice} from './answer-choice.ts';
import type {AnswerEntry} from '../language.ts';

/** An entry of the answers, with the outcome that it gives. */
export interface PreparedAnswer extends Pick<
  AnswerEntry,
  'region' | 'with' | 'step' | 'until' | 'times' | 'order'
> {
  readonly outcome: CallOutcome;
}

/** A request as the journal has it. */
export type SentRequest = Extract<Event, {type: 'call-started'}>;

/** Most requests of a run: more is one that does not end. */
const maxRequests = 20_000;

/** The name of the fault of a request without an answer. */
const unanswered = 'NoAnswerInTest';

/** AWS as a test has it. Requests are known by their intents in the journal, which come first. */
export class MockedAws implements AwsPort {
  readonly #choice: AnswerChoice<PreparedAnswer>;
  readonly #tooMany: () => void;
  readonly #intents = new Map<string, SentRequest[]>();
  #held: {readonly order: number; readonly give: () => void}[] = [];
  /** Requests that were sent, in order. */
  readonly sent: SentRequest[] = [];
  /** Requests that the test has no answer for. */
  readonly unanswered: SentRequest[] = [];

  /** `tooMany` is called when the run sends more than any run does. */
  constructor(answers: ReadonlyMap<string, readonly PreparedAnswer[]>, tooMany: () => void) {
    this.#choice = new AnswerChoice(answers);
    this.#tooMany = tooMany;
  }

  /** Takes in events that were journaled: the next calls follow from them. */
  journaled(events: readonly Event[]): void {
    for (const event of events) {
      if (event.type !== 'call-started') continue;
      const key = placeOf(event);
      this.#intents.set(key, [...(this.#intents.get(key) ?? []), event]);
    }
  }

  async call(request: CallRequest): Promise<CallOutcome> {
    const intent = this.#intentOf(request);
    this.sent.push(intent);
    if (this.sent.length > maxRequests) this.#tooMany();
    const found = this.#choice.choose(intent, this.sent);
    if (found?.order !== undefined) await this.#turnOf(found.order);
    if (found !== undefined) return found.outcome;
    this.unanswered.push(intent);
    const message = `the test has no answer to ${intent.operation}${intent.region === undefined ? '' : ` in ${intent.region}`}`;
    return {ok: false, fault: {kind: 'unsafe', name: unanswered, message}, ms: 0};
  }

  /** The credentials of a test are always good. */
  async renew(): Promise<{readonly works: true; readonly fresh: true}> {
    return {works: true, fresh: true};
  }

  /** Returns true if an entry has answered a request. */
  isUsed(answer: PreparedAnswer): boolean {
    return this.#choice.isUsed(answer);
  }

  /** Gives the answers that come first of those that are awaited. Returns false when none is. */
  giveFirst(): boolean {
    const first = this.#held.reduce((least, {order}) => Math.min(least, order), Infinity);
    const due = this.#held.filter(({order}) => order === first);
    this.#held = this.#held.filter(({order}) => order !== first);
    for (const {give} of due) give();
    return due.length > 0;
  }

  #turnOf(order: number): Promise<void> {
    return new Promise((give) => this.#held.push({order, give}));
  }

  #intentOf(request: CallRequest): SentRequest {
    const waiting = this.#intents.get(placeOf(request)) ?? [];
    // Those of one place and operation go out in the order of their intents.
    const intent = waiting.shift();
    if (intent === undefined) throw new Error(`${request.operation} was sent without an intent`);
    return intent;
  }
}

function placeOf({operation, region = ''}: Pick<CallRequest, 'operation' | 'region'>): string {
  return `${region} ${operation}`;
}
