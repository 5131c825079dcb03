import type {Context} from '@restatedev/restate-sdk';
import type {KeptRuns} from '../kept-runs.ts';
import {serviceNames, type HostCall, type News} from '../messages.ts';
import type {WorkerCalls} from '../worker-calls.ts';
import {lasting, post, type Sdk} from './sdk.ts';

/** The service that makes the changes of runs. A run's object makes its reads itself. */
export function callsService(sdk: Sdk, calls: WorkerCalls, kept: KeptRuns) {
  return sdk.service({
    name: serviceNames.calls,
    handlers: {
      call: async (ctx: Context, call: HostCall): Promise<void> => {
        const {action, run} = call;
        const once = action.intent.once === true;
        // The claim is on the engine's disk before the call is sent.
        const claimedBy = once ? await ctx.run('claim', () => calls.me) : calls.me;
        const id = ctx.request().id.toString();
        const outcome = await ctx.run('call', () => calls.outcomeOf(id, call, claimedBy));
        // The handler that goes on with the run may be here. It takes each outcome once.
        kept.deliver(run, {kind: 'outcome', action, outcome});
        tell(ctx, run, {kind: 'outcome', action, outcome});
      },
      renew: async (ctx: Context, {run}: {readonly run: string}): Promise<void> => {
        tell(ctx, run, await ctx.run('renew', () => calls.renewed(run)));
      },
    },
    options: lasting,
  });
}

function tell(ctx: Context, run: string, news: News): void {
  post(ctx, {service: serviceNames.run, method: 'arrived', key: run, parameter: news});
}
