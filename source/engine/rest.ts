import type {Decision, Rest} from './decision.ts';
import type {Lane} from './state.ts';

interface Remembered {
  readonly decision: Decision;
  /** Where the account's lane was. */
  readonly account: number;
}

/**
 * What was decided for lanes at rest, by piece of the run's lanes. Pieces are never changed, only replaced, so this is
 * only remembered, not state: with thousands of lanes almost all of them are at rest, and a turn need not look at them.
 */
const known = new WeakMap<readonly Lane[], Remembered>();

/** What was decided before for these lanes, where it still holds. `room`: calls that may still be started. */
export function decisionAtRest(
  piece: readonly Lane[],
  account: Lane,
  now: number,
  room: number,
): Decision | undefined {
  const last = known.get(piece);
  const rest = last?.decision.rest;
  if (last === undefined || rest === undefined) return undefined;
  // Regions wait for the account: whenever it comes further, each is asked again.
  const holds = last.account === account.next && now < rest.until && !(rest.calls && room > 0);
  return holds ? last.decision : undefined;
}

/** Remembers what was decided for lanes, if all of them are at rest. */
export function rememberRest(piece: readonly Lane[], account: Lane, decision: Decision): void {
  if (decision.rest !== undefined) known.set(piece, {decision, account: account.next});
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
