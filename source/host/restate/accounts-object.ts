import type {ObjectContext} from '@restatedev/restate-sdk';
import type {Claim, Holder} from '../begin.ts';
import {serviceNames} from '../messages.ts';
import {json, lasting, post, type Sdk} from './sdk.ts';

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
