import {randomUUID} from 'node:crypto';
import type {Context} from '@restatedev/restate-sdk';
import type {CallOutcome} from '../../engine/model/ports.ts';
import {sendCall} from '../../engine/send-call.ts';
import type {KeptRuns} from '../kept-runs.ts';
import {serviceNames, type HostCall, type News} from '../messages.ts';
import type {HostWorker} from '../worker.ts';
import {lasting, post, type Sdk} from './sdk.ts';

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

/** The changes that runs make, and the looks for new credentials. A run's object makes its reads itself. */
export function callsService(sdk: Sdk, worker: HostWorker, kept: KeptRuns) {
  /** Names this process: a claim of another one is of a process that may have sent the call. */
  const me = randomUUID();
  /** Calls that this process makes or made, by invocation: the engine may start one again whose answer it waits for. */
  const made = new Map<string, Promise<CallOutcome>>();

  const callOnce = (
    id: string,
    {run, action, request}: HostCall,
    claimedBy: string,
  ): Promise<CallOutcome> => {
    const earlier = made.get(id);
    if (earlier !== undefined) return earlier;
    if (claimedBy !== me) return Promise.resolve(answerLost);
    const once = action.intent.once === true;
    const outcome = sent(worker, kept, run, request);
    made.set(id, outcome);
    // One that must not be made twice is remembered as long as this process lives.
    if (!once) void outcome.finally(() => made.delete(id)).catch(() => undefined);
    else outcome.catch(() => made.delete(id));
    return outcome;
  };

  return sdk.service({
    name: serviceNames.calls,
    handlers: {
      call: async (ctx: Context, call: HostCall): Promise<void> => {
        const {action, run} = call;
        const once = action.intent.once === true;
        // The claim is on the engine's disk before the call is sent.
        const claimedBy = once ? await ctx.run('claim', () => me) : me;
        const id = ctx.request().id.toString();
        const outcome = await ctx.run('call', () => callOnce(id, call, claimedBy));
        // The handler that goes on with the run may be here. It takes each outcome once.
        kept.deliver(run, {kind: 'outcome', action, outcome});
        tell(ctx, run, {kind: 'outcome', action, outcome});
      },
      renew: async (ctx: Context, {run}: {readonly run: string}): Promise<void> => {
        const renewal = await ctx.run('renew', async () => {
          const aws = await worker.awsFor(await kept.startOf(run));
          return aws.renew(new AbortController().signal);
        });
        tell(ctx, run, {
          kind: 'renewed',
          works: renewal.works,
          fresh: renewal.works && renewal.fresh,
        });
      },
    },
    options: lasting,
  });
}

async function sent(
  worker: HostWorker,
  kept: KeptRuns,
  run: string,
  request: HostCall['request'],
): Promise<CallOutcome> {
  const started = await kept.startOf(run);
  const [program, aws] = await Promise.all([worker.programOf(started), worker.awsFor(started)]);
  return sendCall(program, aws, request, new AbortController().signal);
}

function tell(ctx: Context, run: string, news: News): void {
  post(ctx, {service: serviceNames.run, method: 'arrived', key: run, parameter: news});
}
