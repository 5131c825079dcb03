import {randomUUID} from 'node:crypto';
import type {CallOutcome} from '../engine/model/ports.ts';
import {sendCall} from '../engine/send-call.ts';
import type {KeptRuns} from './kept-runs.ts';
import type {HostCall, News} from './messages.ts';
import type {HostWorker} from './worker.ts';

/** The outcome of a call that must not be made twice, and whose worker died before AWS's answer was kept. */
const answerLost: CallOutcome = {
  ok: false,
  fault: {
    kind: 'transient',
    name: 'AnswerLost',
    message: 'the worker that sent it stopped before the answer of AWS was kept: it may have been done',
    remedy: 'look in AWS whether it was done; a retry asks before it is sent again',
  },
  ms: 0,
};

/** The calls of runs to AWS, and the looks for new credentials. Only here a worker uses its credentials. */
export class WorkerCalls {
  /** Names this process: a claim of another one is of a process that may have sent the call. */
  readonly me: string = randomUUID();
  readonly #worker: HostWorker;
  readonly #kept: KeptRuns;
  /** Calls that this process makes or made, by id: the engine may start one again whose answer it waits for. */
  readonly #made = new Map<string, Promise<CallOutcome>>();

  constructor(worker: HostWorker, kept: KeptRuns) {
    this.#worker = worker;
    this.#kept = kept;
  }

  /** Makes a call, unless this process made it already, or another one claimed it that may have sent it. */
  outcomeOf(id: string, {run, action, request}: HostCall, claimedBy: string): Promise<CallOutcome> {
    const earlier = this.#made.get(id);
    if (earlier !== undefined) return earlier;
    if (claimedBy !== this.me) return Promise.resolve(answerLost);
    const once = action.intent.once === true;
    const outcome = this.#sent(run, request);
    this.#made.set(id, outcome);
    // One that must not be made twice is remembered as long as this process lives.
    if (!once) void outcome.finally(() => this.#made.delete(id)).catch(() => undefined);
    else outcome.catch(() => this.#made.delete(id));
    return outcome;
  }

  /** Looks for new credentials. */
  async renewed(run: string): Promise<News> {
    const aws = await this.#worker.awsFor(await this.#kept.startOf(run));
    const renewal = await aws.renew(new AbortController().signal);
    return {kind: 'renewed', works: renewal.works, fresh: renewal.works && renewal.fresh};
  }

  async #sent(run: string, request: HostCall['request']): Promise<CallOutcome> {
    const started = await this.#kept.startOf(run);
    const [program, aws] = await Promise.all([this.#worker.programOf(started), this.#worker.awsFor(started)]);
    return sendCall(program, aws, request, new AbortController().signal);
  }
}
