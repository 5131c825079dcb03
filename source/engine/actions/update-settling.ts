import type {Scope} from '../../runbook/expression/evaluate.ts';
import type {Settling, Update} from '../../runbook/language/actions/update.ts';
import {workIn} from '../evolve/active-steps.ts';
import type {Happening} from '../model/events.ts';
import type {Fault} from '../model/fault.ts';
import {placeOf} from '../model/place.ts';
import {pollGapMs} from '../outcome/poll-gap.ts';
import {endOfCall, type Settled} from '../outcome/response-events.ts';
import {scopeOf} from '../scope/expression-scope.ts';
import {secondsOf} from '../scope/seconds.ts';
import {gaveUp, verdictOf} from './poll-answers.ts';

/** A read after a write. */
interface ReadBack {
  /** The variables of the acceptors. */
  readonly answer: Scope;
  /** The members that are not as written. */
  readonly different: readonly string[];
  /** The item's end, once AWS has made the change. */
  readonly done: Happening;
}

/**
 * The events of a read after a write. Without a `waitUntil` the item is done; else once its acceptors say so and every
 * member is as written. Until then it is read again, up to the wait's own time limit. Throws ExpressionError.
 */
export function whenSettled(
  {waitUntil}: Update,
  settled: Settled,
  {answer, different, done}: ReadBack,
): readonly Happening[] {
  if (waitUntil === undefined) return [endOfCall(settled), done];
  const {acceptors} = waitUntil;
  const verdict = acceptors === undefined ? 'success' : verdictOf(acceptors, settled.outcome, answer);
  if (verdict === 'failure') return gaveUp(settled, waitUntil, answer);
  if (verdict === 'success' && different.length === 0) return [endOfCall(settled), done];
  return readAgain(waitUntil, settled, different);
}

function readAgain(
  {minDelay, maxDelay, maxWaitTime}: Settling,
  settled: Settled,
  different: readonly string[],
): readonly Happening[] {
  const {state, lane, step, item, now, random} = settled;
  const scope = scopeOf(state, lane, item.value);
  const since = item.settlingSince ?? now;
  const seconds = secondsOf(maxWaitTime, scope);
  const deadline = since + seconds * 1000;
  if (now >= deadline) {
    const fault = tooLate(`${item.key === '' ? step.title : item.key}`, seconds, different);
    return [endOfCall(settled), {type: 'item-failed', item: item.key, fault, ...placeOf(lane, step.id)}];
  }
  const crowd =
    (workIn(lane, step.id)?.items.length ?? 0) > 1 || (step.scope === 'region' && state.lanes.size > 1);
  const bounds = {minMs: secondsOf(minDelay, scope) * 1000, maxMs: secondsOf(maxDelay, scope) * 1000};
  const nextPollAt = Math.min(now + pollGapMs(now - since, bounds, crowd ? random : 0), deadline);
  return [{...endOfCall(settled), nextPollAt}];
}

function tooLate(name: string, seconds: number, different: readonly string[]): Fault {
  const why = different.length === 0 ? 'AWS has not finished' : `${different.join(', ')} is not as written`;
  return {
    kind: 'waiter',
    name: 'WaiterTimedOut',
    message: `${name}: written, and after ${seconds} s ${why}`,
    remedy: 'look at what AWS still does to it, then run it again',
  };
}
