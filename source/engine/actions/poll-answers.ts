import type {Json} from '../../data/json.ts';
import {same} from '../../runbook/expression/data.ts';
import {evaluate, type Scope} from '../../runbook/expression/evaluate.ts';
import {ExpressionError} from '../../runbook/expression/parse.ts';
import {evaluateText} from '../../runbook/expression/template.ts';
import {usageRows} from '../../runbook/language/usage-rows.ts';
import type {WaitUntil} from '../../runbook/language/actions/wait-until.ts';
import type {Happening} from '../model/events.ts';
import type {Usage} from '../model/usage.ts';
import {faultMatches, type Fault} from '../model/fault.ts';
import {placeOf} from '../model/place.ts';
import type {CallOutcome} from '../model/ports.ts';
import type {RunState} from '../model/state.ts';
import {countedWaitMs, pollGapMs} from '../outcome/poll-gap.ts';
import {answerScope, scopeOf} from '../scope/expression-scope.ts';
import {secondsOf} from '../scope/seconds.ts';
import {callSucceeded, endOfCall, failed, type Settled} from '../outcome/response-events.ts';
import {summaryOf} from '../scope/step-summary.ts';
import {workIn} from '../evolve/active-steps.ts';

type Acceptor = WaitUntil['acceptors'][number];

/**
 * The events of a poll, by a Smithy waiter's rules: the first acceptor that matches decides; an answer that none
 * matches means "look again", an error that none matches is a failure; the last poll is made at the deadline.
 */
export function settlePoll(settled: Settled, wait: WaitUntil): readonly Happening[] {
  const {state, lane, item, outcome, step, now} = settled;
  const answer = answerScope(state, lane, item.value, outcome.ok ? outcome.output : null, now);
  const accepted = verdictOf(wait.acceptors, outcome, answer);
  if (accepted === undefined && !outcome.ok) return failed(settled, outcome.fault);
  if (accepted === 'failure') return gaveUp(settled, wait, answer);
  const whole = outcome.ok ? outcome.output : null;
  const output =
    outcome.ok && wait.output !== undefined ? evaluateText(wait.output, answer, 'strict') : whole;
  if (accepted !== 'success') return lookAgain(settled, wait, output);
  return [endOfCall(settled), {type: 'item-done', output, item: item.key, ...placeOf(lane, step.id)}];
}

/** The state of the first acceptor that matches an outcome. Throws ExpressionError. */
export function verdictOf(
  acceptors: readonly Acceptor[],
  outcome: CallOutcome,
  answer: Scope,
): Acceptor['state'] | undefined {
  return acceptors.find((acceptor) => matches(acceptor, outcome, answer))?.state;
}

function matches({matcher}: Acceptor, outcome: CallOutcome, answer: Scope): boolean {
  if ('success' in matcher) return matcher.success === outcome.ok;
  if ('errorType' in matcher) return !outcome.ok && faultMatches(outcome.fault, [matcher.errorType]);
  if (!outcome.ok) return false;
  const {path, expected, comparator} = matcher.output;
  const value = evaluate(path, answer, 'strict');
  if (comparator === 'stringEquals') return same(value, expected);
  if (comparator === 'booleanEquals') return same(value, expected === 'true');
  if (!Array.isArray(value)) throw new ExpressionError(`${comparator} needs a list`);
  const equal = value.map((item: Json) => same(item, expected));
  return comparator === 'anyStringEquals' ? equal.includes(true) : equal.length > 0 && !equal.includes(false);
}

function lookAgain(settled: Settled, wait: WaitUntil, output: Json): readonly Happening[] {
  const {state, lane, item, step, now, outcome, random} = settled;
  const scope = scopeOf(state, lane, item.value);
  const work = workIn(lane, step.id);
  const deadline = work?.deadline ?? now;
  if (now >= deadline) {
    const seconds = secondsOf(wait.maxWaitTime, scope);
    const fault: Fault = {
      kind: 'waiter',
      name: 'WaiterTimedOut',
      message: `${step.title}: not reached within ${seconds} s`,
      remedy: 'look at what is still in the way, then run it again',
    };
    return [endOfCall(settled), {type: 'item-failed', item: item.key, fault, ...placeOf(lane, step.id)}];
  }
  const waitedMs = countedWaitMs(now, work?.startedAt ?? now, state.seenOver?.[step.id]);
  const crowd = (work?.items.length ?? 0) > 1 || (step.scope === 'region' && state.lanes.size > 1);
  const gap = pollGapMs(
    waitedMs,
    {minMs: secondsOf(wait.minDelay, scope) * 1000, maxMs: secondsOf(wait.maxDelay, scope) * 1000},
    crowd ? random : 0,
  );
  const nextPollAt = Math.min(now + gap, deadline);
  // One item's answer says nothing about the others.
  const summary = (work?.items.length ?? 0) > 1 ? undefined : summaryOf(state, lane, step, output);
  if (!outcome.ok) return [{...endOfCall(settled), nextPollAt}];
  return [
    {...callSucceeded(settled.action, outcome), nextPollAt, ...(summary === undefined ? {} : {summary})},
  ];
}

/** The events of a wait that a failure acceptor ended. */
export function gaveUp(
  settled: Settled,
  wait: {readonly failure?: WaitUntil['failure'] | undefined},
  answer: Scope,
): readonly Happening[] {
  const {lane, step, item, outcome} = settled;
  const given =
    wait.failure?.reason === undefined ? null : evaluateText(wait.failure.reason, answer, 'lenient');
  const listed =
    wait.failure?.usage === undefined ? null : evaluateText(wait.failure.usage, answer, 'lenient');
  const own = outcome.ok ? 'AWS gave no reason' : outcome.fault.message;
  const fault: Fault = {
    kind: 'waiter',
    name: 'WaiterFailed',
    message: typeof given === 'string' && given !== '' ? given : own,
  };
  const usage = usageRows(listed);
  const failedItem = {type: 'item-failed' as const, item: item.key, fault, ...placeOf(lane, step.id)};
  if (usage.length === 0) return [endOfCall(settled), failedItem];
  return [endOfCall(settled), ...regionsFound(settled.state, usage), {...failedItem, usage}];
}

/** Returns the Regions that AWS named and the run lacks, each with the first resource there. */
function regionsFound(state: RunState, usage: readonly Usage[]): readonly Happening[] {
  const found = new Map(usage.toReversed().map(({region, resource}) => [region, resource]));
  return [...found].flatMap(([region, resource]): Happening[] =>
    state.lanes.get(region) === undefined && regionName.test(region)
      ? [{type: 'region-found', region, resource}]
      : [],
  );
}

const regionName = /^[a-z]{2,}(-[a-z]+)+-\d+$/;
