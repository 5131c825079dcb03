import type {AwsPort, CallOutcome, CallRequest} from '../../engine/model/ports.ts';
import {modelNamed} from '../catalogue/operation-models.ts';
import {ConcurrencyGate} from './concurrency-gate.ts';

type Asks = Pick<AwsPort, 'call'>;

/** Age of an answer above which the call is made again, in ms. */
const mostAgeMs = 30_000;

interface Ahead {
  readonly askedAt: number;
  readonly outcome: Promise<CallOutcome>;
}

/**
 * Sends reads before a run asks for them, page after page, and gives each answer to the first call for it. Only a
 * success is given, once, and only while it is fresh: anything else is asked of AWS again.
 */
export class AnswersAhead {
  readonly #port: Asks;
  readonly #gate: ConcurrencyGate;
  readonly #now: () => number;
  readonly #answers = new Map<string, Ahead>();

  constructor(port: Asks, mostAtOnce: number, now: () => number = () => performance.now()) {
    this.#port = port;
    this.#gate = new ConcurrencyGate(mostAtOnce);
    this.#now = now;
  }

  /** Sends reads ahead until `signal` aborts. They fail in silence: whoever asks for one asks again. */
  send(requests: readonly CallRequest[], signal: AbortSignal): void {
    for (const request of requests) {
      const key = keyOf(request);
      if (this.#answers.has(key)) continue;
      const ask = (): Promise<CallOutcome> => this.#port.call(request, signal);
      const outcome = this.#gate.pass(ask, () => false, signal);
      this.#answers.set(key, {askedAt: this.#now(), outcome});
      void this.#followed(request, outcome, signal);
    }
  }

  /** A port that has these answers, and asks another port for everything else. */
  over(port: AwsPort): AwsPort {
    return {
      renew: (signal) => port.renew(signal),
      call: async (request, signal) => (await this.#taken(request, signal)) ?? port.call(request, signal),
    };
  }

  /** Takes the answer to a request, if there is a fresh success. */
  async #taken(request: CallRequest, signal: AbortSignal): Promise<CallOutcome | undefined> {
    const key = keyOf(request);
    const ahead = this.#answers.get(key);
    if (ahead === undefined) return undefined;
    this.#answers.delete(key);
    if (this.#now() - ahead.askedAt > mostAgeMs) return undefined;
    const outcome = await unlessAborted(ahead.outcome, signal);
    return outcome?.ok === true ? outcome : undefined;
  }

  /** Asks for the next page, if there is one. */
  async #followed(request: CallRequest, outcome: Promise<CallOutcome>, signal: AbortSignal): Promise<void> {
    const answer = await outcome;
    const {pages} = await modelNamed(request.operation);
    if (!answer.ok || answer.nextToken === undefined || pages === undefined || signal.aborted) return;
    this.send([{...request, input: {...request.input, [pages.inputToken]: answer.nextToken}}], signal);
  }
}

function keyOf({operation, region = '', input}: CallRequest): string {
  return JSON.stringify([operation, region, input]);
}

/** The answer; undefined as soon as `signal` aborts. */
async function unlessAborted(
  answer: Promise<CallOutcome>,
  signal: AbortSignal,
): Promise<CallOutcome | undefined> {
  if (signal.aborted) return undefined;
  const aborted = Promise.withResolvers<undefined>();
  const abort = (): void => aborted.resolve(undefined);
  signal.addEventListener('abort', abort, {once: true});
  try {
    return await Promise.race([answer, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
