import type {ObjectContext, ObjectSharedContext} from '@restatedev/restate-sdk';
import {begin, isOver, secondRun} from '../begin.ts';
import type {KeptRuns, HostTurn} from '../kept-runs.ts';
import {
  allRuns,
  serviceNames,
  type At,
  type History,
  type HostOrder,
  type ListedRun,
  type ListsText,
  type News,
  type Refusal,
} from '../messages.ts';
import type {HostWorker} from '../worker.ts';
import type {Event} from '../../engine/model/events.ts';
import {claimed, letGo} from './accounts-object.ts';
import {lasting, post, type Sdk} from './sdk.ts';

/** Time between two looks for new credentials (ms). */
const renewalMs = 5000;

/**
 * The object of a run: one writer at a time, as a journal's lock gives it in one process. What a handler decides is
 * decided inside `run`, and the engine keeps the result. The engine plays a handler that was cut off again from what it
 * kept, so that each step it takes is the same whether this process has the run in memory or not.
 */
export function runObject(sdk: Sdk, worker: HostWorker, kept: KeptRuns) {
  return sdk.object({
    name: serviceNames.run,
    handlers: {
      start: async (ctx: ObjectContext, order: HostOrder): Promise<void> => {
        if ((await ctx.get<At>('at')) !== null || (await ctx.get<Refusal>('refused')) !== null) return;
        const begun = await ctx.run('begin', () => begin(worker, kept, ctx.key, order));
        if ('refused' in begun) return ctx.set('refused', begun.refused);
        const {claim} = begun;
        const other = claim === null ? null : await claimed(ctx, claim);
        if (other !== null) return ctx.set('refused', secondRun(other));
        ctx.set('b0', begun.events);
        ctx.set('at', claim === null ? begun.at : {...begun.at, holds: claim.key});
        post(ctx, {service: serviceNames.runs, method: 'add', key: allRuns, parameter: begun.listed});
        tell(ctx, {kind: 'begun'});
      },
      arrived: async (ctx: ObjectContext, news: News): Promise<void> => {
        const at = await ctx.get<At>('at');
        if (at === null || (news.kind === 'wake' && news.at !== at.wakeAt)) return;
        const lists = (await ctx.get<ListsText>('lists')) ?? [];
        const next = await ctx.run('turn', () => kept.turn(ctx.key, at, lists, news));
        if (next.events.length > 0) ctx.set(`b${at.batches}`, next.events);
        ctx.set('at', next.at);
        if (lists.length > 0 || next.lists.length > 0) ctx.set('lists', next.lists);
        send(ctx, next);
        if (at.holds !== undefined && !isOver(at) && isOver(next.at)) letGo(ctx, at.holds, ctx.key);
      },
      events: sdk.handlers.object.shared(
        async (
          ctx: ObjectSharedContext,
          {from, most}: {readonly from: number; readonly most: number},
        ): Promise<History> => {
          const at = await ctx.get<At>('at');
          if (at === null) {
            const refused = await ctx.get<Refusal>('refused');
            return {batches: [], ...(refused === null ? {} : {refused})};
          }
          const count = Math.max(0, Math.min(at.batches - from, most));
          const batches: (readonly Event[])[] = [];
          // One after the other: the SDK waits for one at a time.
          for (let n = from; n < from + count; n += 1) {
            batches.push((await ctx.get<readonly Event[]>(`b${n}`)) ?? []);
          }
          return {at, batches};
        },
      ),
    },
    options: {...lasting, enableLazyState: true},
  });
}

/** The object that lists an engine's runs. */
export function runsObject(sdk: Sdk) {
  return sdk.object({
    name: serviceNames.runs,
    handlers: {
      add: async (ctx: ObjectContext, run: ListedRun): Promise<void> => {
        const runs = (await ctx.get<readonly ListedRun[]>('runs')) ?? [];
        if (!runs.some((one) => one.run === run.run)) ctx.set('runs', [...runs, run]);
      },
      list: sdk.handlers.object.shared(
        async (ctx: ObjectSharedContext): Promise<readonly ListedRun[]> =>
          (await ctx.get<readonly ListedRun[]>('runs')) ?? [],
      ),
    },
    options: lasting,
  });
}

function send(ctx: ObjectContext, {at, calls, wakeInMs, renew}: HostTurn): void {
  const run = ctx.key;
  for (const call of calls) {
    post(ctx, {service: serviceNames.calls, method: 'call', parameter: {run, ...call}});
  }
  if (wakeInMs !== undefined && at.wakeAt !== undefined) tell(ctx, {kind: 'wake', at: at.wakeAt}, wakeInMs);
  if (renew) post(ctx, {service: serviceNames.calls, method: 'renew', parameter: {run}, delay: renewalMs});
}

/** Sends news to the run itself. */
function tell(ctx: ObjectContext, news: News, delay?: number): void {
  const message = {service: serviceNames.run, method: 'arrived', key: ctx.key, parameter: news};
  post(ctx, delay === undefined ? message : {...message, delay});
}
