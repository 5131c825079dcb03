import type {Decision, Rest} from '../model/decision.ts';
import type {Program} from '../model/program.ts';
import type {Part} from '../persistent/persistent-list.ts';
import type {Lane} from '../model/state.ts';

/** What a decision depends on besides the lanes that it is for. */
interface Moment {
  readonly program: Program;
  /** Index of the account's next step: Regions wait for the account, so whenever it comes further each is asked again. */
  readonly account: number;
  /** ms since the epoch. */
  readonly now: number;
  /** Calls that may still be started. */
  readonly room: number;
}

/**
 * What was decided for lanes at rest, by part of the run's lanes. Parts are never changed, only replaced, so this is
 * only remembered, not state: with thousands of lanes almost all of them are at rest, and a turn need not look at them.
 */
const known = new WeakMap<Part<Lane>, Pick<Moment, 'program' | 'account'> & {decision: Decision}>();

/** What was decided before for these lanes, where it still holds. */
export function decisionAtRest(
  part: Part<Lane>,
  {program, account, now, room}: Moment,
): Decision | undefined {
  const last = known.get(part);
  const rest = last?.decision.rest;
  if (rest === undefined || last?.program !== program || last.account !== account) return undefined;
  return now < rest.until && !(rest.calls && room > 0) ? last.decision : undefined;
}

/** Remembers what was decided for lanes, if all of them are at rest. Returns it. */
export function rememberRest(part: Part<Lane>, {program, account}: Moment, decision: Decision): Decision {
  if (decision.rest !== undefined) known.set(part, {decision, program, account});
  return decision;
}

/** How long decisions hold together; nothing when something was decided in one of them. */
export function restOfAll(decisions: readonly Decision[]): {readonly rest?: Rest} {
  let [calls, until] = [false, Infinity];
  for (const {rest} of decisions) {
    if (rest === undefined) return {};
    calls ||= rest.calls;
    until = Math.min(until, rest.until);
  }
  return {rest: {calls, until}};
}
