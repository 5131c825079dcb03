import type {ObjectContext, ObjectSharedContext} from '@restatedev/restate-sdk';
import {begin, isOver, secondRun} from '../begin.ts';
import type {KeptRuns, SessionTurn} from '../kept-runs.ts';
import {
  allRuns,
  serviceNames,
  type At,
  type History,
  type HistoryQuestion,
  type HostOrder,
  type ListedRun,
  type ListsText,
  type News,
  type Refusal,
} from '../messages.ts';
import type {Session} from '../session.ts';
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
        const {claim, events} = begun;
        const other = claim === null ? null : await claimed(ctx, claim);
        if (other !== null) {
          kept.over(ctx.key);
          return ctx.set('refused', secondRun(other));
        }
        const at = claim === null ? begun.at : {...begun.at, holds: claim.key};
        ctx.set('b0', events);
        ctx.set('at', at);
        post(ctx, {service: serviceNames.runs, method: 'add', key: allRuns, parameter: begun.listed});
        await goOn(ctx, kept, kept.session(at, [events]), {kind: 'begun'});
      },
      arrived: async (ctx: ObjectContext, news: News): Promise<void> => {
        const at = await ctx.get<At>('at');
        if (at === null || isOver(at) || (news.kind === 'wake' && news.at !== at.wakeAt)) return;
        await goOn(ctx, kept, kept.session(at), news);
      },
      // News of operators. The handler that goes on with the run here makes room for it.
      tell: sdk.handlers.object.shared(async (ctx: ObjectSharedContext, news: News): Promise<void> => {
        tell(ctx, news);
        kept.nudge(ctx.key);
      }),
      events: sdk.handlers.object.shared(
        async (
          ctx: ObjectSharedContext,
          {from, most, lists, polls: known}: HistoryQuestion,
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
          const polls =
            known === undefined || known === at.polls ? null : await ctx.get<readonly Event[]>('polls');
          return {
            at,
            batches,
            ...(lists === true ? {lists: await listsIn(ctx)} : {}),
            ...(polls === null ? {} : {polls}),
          };
        },
      ),
    },
    options: {...lasting, enableLazyState: true},
  });
}

/**
 * Goes on with a run for as long as something is under way: a handler for each answer of AWS would cost three round trips
 * each. The engine has each turn on its disk before the next one begins.
 */
async function goOn(ctx: ObjectContext, kept: KeptRuns, session: Session, first: News): Promise<void> {
  for (let news: News | undefined = first; ; news = undefined) {
    const {at} = session;
    const about = news;
    const next = await ctx.run('turn', () => kept.goOn(ctx.key, session, about));
    if (next.events.length > 0) ctx.set(`b${at.batches}`, next.events);
    if (JSON.stringify(next.at) !== JSON.stringify(at)) ctx.set('at', next.at);
    if (next.polls !== undefined) ctx.set('polls', next.polls);
    for (const [name, reading] of next.lists) {
      if (reading === null) ctx.clear(listPrefix + name);
      else ctx.set(listPrefix + name, reading);
    }
    send(ctx, next);
    if (at.holds !== undefined && !isOver(at) && isOver(next.at)) letGo(ctx, at.holds, ctx.key);
    session.follow(next);
    if (!next.goesOn) return;
  }
}

/** Begins the names of the lists under way among what an object keeps. */
const listPrefix = 'list ';

async function listsIn(ctx: ObjectSharedContext): Promise<ListsText> {
  const names = (await ctx.stateKeys()).filter((key) => key.startsWith(listPrefix));
  const lists: ListsText[number][] = [];
  for (const name of names) {
    const reading = await ctx.get<ListsText[number][1]>(name);
    if (reading !== null) lists.push([name.slice(listPrefix.length), reading]);
  }
  return lists;
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

function send(ctx: ObjectContext, {at, changes, goInMs, wakeInMs, renew}: SessionTurn): void {
  const run = ctx.key;
  for (const change of changes) {
    post(ctx, {service: serviceNames.calls, method: 'call', parameter: {run, ...change}});
  }
  if (goInMs !== undefined) tell(ctx, {kind: 'go'}, goInMs);
  if (wakeInMs !== undefined && at.wakeAt !== undefined) tell(ctx, {kind: 'wake', at: at.wakeAt}, wakeInMs);
  if (renew) post(ctx, {service: serviceNames.calls, method: 'renew', parameter: {run}, delay: renewalMs});
}

/** Sends news to the run itself. */
function tell(ctx: ObjectSharedContext, news: News, delay?: number): void {
  const message = {service: serviceNames.run, method: 'arrived', key: ctx.key, parameter: news};
  post(ctx, delay === undefined ? message : {...message, delay});
}
