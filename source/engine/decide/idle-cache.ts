import type {Decision, Rest} from '../model/decision.ts';
import type {Program} from '../model/program.ts';
import type {RunState} from '../model/state.ts';
import type {Memory} from '../persistent/persistent-list.ts';

/** Inputs of a decision besides its lanes. */
interface Moment {
  readonly program: Program;
  /** Index of the account's next step: Regions wait for the account, so whenever it comes further each is asked again. */
  readonly account: number;
  /** Ends of waits: their siblings are then due. */
  readonly seenOver: RunState['seenOver'];
  /** ms since the epoch. */
  readonly now: number;
  /** Calls that may still start. Each part reads it again, since it shrinks. */
  readonly budget: {readonly calls: number};
}

/**
 * Decisions for idle lanes, by part of the run's lanes. Parts are replaced, never changed, so this is a cache and no
 * state. With thousands of lanes almost all are idle, and a turn skips them.
 */
const known = new WeakMap<object, Pick<Moment, 'program' | 'account' | 'seenOver'> & {decision: Decision}>();

/** The decisions for lanes at rest that still hold at a moment. Only of those that rest anything is remembered. */
export function idleCache({program, account, seenOver, now, budget}: Moment): Memory<Decision> {
  return {
    get(part) {
      const last = known.get(part);
      const rest = last?.decision.rest;
      if (rest === undefined || last?.program !== program || last.account !== account) return undefined;
      if (last.seenOver !== seenOver) return undefined;
      return now < rest.until && !(rest.calls && budget.calls > 0) ? last.decision : undefined;
    },
    set(part, decision) {
      if (decision.rest !== undefined) known.set(part, {decision, program, account, seenOver});
    },
  };
}

/** Returns how long all decisions hold, or undefined if one of them acts. */
export function restOfAll(decisions: readonly Decision[]): {readonly rest?: Rest} {
  let [calls, until] = [false, Infinity];
  for (const {rest} of decisions) {
    if (rest === undefined) return {};
    calls ||= rest.calls;
    until = Math.min(until, rest.until);
  }
  return {rest: {calls, until}};
}
