import type {ObjectContext} from '@restatedev/restate-sdk';
import type {Event} from '../../engine/model/events.ts';
import {serviceNames, type At, type HostOrder, type Refusal} from '../messages.ts';
import {json, lasting, post, type Sdk} from './sdk.ts';

type RunStarted = Extract<Event, {type: 'run-started'}>;

/** A run that makes changes, as its account's object knows it. */
interface Holder {
  readonly run: string;
  readonly title: string;
  /** The account, for an operator. */
  readonly account: string;
}

/** What a run wants that is about to make changes: to be the only one in its account. */
export interface Claim {
  readonly key: string;
  readonly holder: Holder;
  /** It begins although another run works on the account. */
  readonly second: boolean;
}

/** Exit code of a run that somebody has to decide about, as `handrail run` has it for a second one. */
const needsOperator = 3;

/** The object of an account: it knows the runs that may change something there, from their beginnings to their ends. */
export function accountsObject(sdk: Sdk) {
  return sdk.object({
    name: serviceNames.accounts,
    handlers: {
      claim: async (ctx: ObjectContext, {holder, second}: Claim): Promise<Holder | null> => {
        const holders = (await ctx.get<readonly Holder[]>('holders')) ?? [];
        const others = holders.filter(({run}) => run !== holder.run);
        if (others.length > 0 && !second) return others.at(-1) ?? null;
        ctx.set('holders', [...others, holder]);
        return null;
      },
      release: async (ctx: ObjectContext, run: string): Promise<void> => {
        const holders = (await ctx.get<readonly Holder[]>('holders')) ?? [];
        ctx.set(
          'holders',
          holders.filter((holder) => holder.run !== run),
        );
      },
    },
    options: lasting,
  });
}

/** What a run has to claim before it begins; null for one that changes nothing. */
export function claimOf(run: string, {secondRun: second}: HostOrder, started: RunStarted): Claim | null {
  const {identity, endpoint, mode, steps, runbook} = started;
  if (mode !== 'live' || !steps.some(({does}) => does === 'change')) return null;
  const key = [identity.partition, identity.account, ...(endpoint === undefined ? [] : [endpoint])].join(' ');
  return {key, holder: {run, title: runbook.title, account: identity.account}, second: second === true};
}

/** Claims an account. Returns the run that holds it already. */
export function claimed(ctx: ObjectContext, claim: Claim): Promise<Holder | null> {
  return ctx.genericCall<unknown, Holder | null>({
    service: serviceNames.accounts,
    method: 'claim',
    key: claim.key,
    parameter: claim,
    inputSerde: json,
    outputSerde: json as never,
  });
}

/** Says that a run is over: another one may begin in its account. */
export function letGo(ctx: ObjectContext, key: string, run: string): void {
  post(ctx, {service: serviceNames.accounts, method: 'release', key, parameter: run});
}

export function isOver({status}: At): boolean {
  return status !== 'running' && status !== 'paused' && status !== 'asked';
}

export function secondRun({run, title, account}: Holder): Refusal {
  return {
    message:
      `another run works on account ${account}: ${title}, run ${run}; ` +
      `see it with: handrail attach ${run}; --second-run starts a second one all the same`,
    exitCode: needsOperator,
  };
}
