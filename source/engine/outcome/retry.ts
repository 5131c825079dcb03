import type {OperationModel} from '../../runbook/operation.ts';
import type {Retrier} from '../../runbook/language/step.ts';
import {faultMatches, isPassing, isUnanswered, type Fault} from '../model/fault.ts';

/** Time of the next try and the largest number of tries. */
export interface RetryPlan {
  readonly maxAttempts: number;
  readonly delayMs: number;
}

/** The AWS SDKs' standard figures: first wait 50 ms, 1 s when throttled, never above 20 s. */
const transientBaseMs = 50;
const throttledBaseMs = 1000;
const maxDelayMs = 20_000;

/**
 * For a change that is refused because its resource is in use: AWS says "wait for a few minutes and try the operation
 * again". Twelve tries in about nine minutes.
 */
const busyTries = {maxAttempts: 12, firstMs: 15_000, rate: 1.5, mostMs: 60_000} as const;

/**
 * Decides if and when a failed call is tried again. The step's `retry` entries come first, then the kind of fault.
 * Throttling and passing faults are tried again soon, a change of a busy resource within minutes. Never sooner than
 * the service asked for. `attempt` counts tries so far; `random` is at least 0 and below 1.
 */
export function planRetry(fault: Fault, attempt: number, context: RetryContext): RetryPlan | undefined {
  const plan = planByKind(fault, attempt, context);
  if (plan === undefined) return undefined;
  return {...plan, delayMs: Math.max(plan.delayMs, fault.retryAfterMs ?? 0)};
}

interface RetryContext {
  readonly model: OperationModel;
  readonly retriers: readonly Retrier[];
  readonly seconds: (value: Retrier['intervalSeconds']) => number;
  readonly maxAttempts: number;
  readonly random: number;
}

function planByKind(fault: Fault, attempt: number, context: RetryContext): RetryPlan | undefined {
  const {model} = context;
  // `All` names no error: it is no word that a change which may have happened can be made twice.
  const mayHaveHappened = model.effect === 'change' && model.resend === 'never' && isUnanswered(fault);
  const own = context.retriers.find(({errorEquals}) =>
    faultMatches(fault, mayHaveHappened ? errorEquals.filter((name) => name !== 'All') : errorEquals),
  );
  if (own !== undefined) {
    if (attempt >= own.maxAttempts) return undefined;
    const cap = own.maxDelaySeconds === undefined ? Infinity : context.seconds(own.maxDelaySeconds) * 1000;
    const wanted = context.seconds(own.intervalSeconds) * 1000 * own.backoffRate ** (attempt - 1);
    return {maxAttempts: own.maxAttempts, delayMs: Math.min(cap, wanted)};
  }
  if (fault.kind === 'busy' && context.model.effect === 'change') return whileBusy(attempt);
  if (attempt >= context.maxAttempts || !passes(fault, context.model)) return undefined;
  const base = fault.kind === 'throttled' || fault.kind === 'local' ? throttledBaseMs : transientBaseMs;
  const ceiling = Math.min(maxDelayMs, base * 2 ** (attempt - 1));
  return {maxAttempts: context.maxAttempts, delayMs: Math.round(ceiling * context.random)};
}

function whileBusy(attempt: number): RetryPlan | undefined {
  const {maxAttempts, firstMs, rate, mostMs} = busyTries;
  if (attempt >= maxAttempts) return undefined;
  return {maxAttempts, delayMs: Math.min(mostMs, Math.round(firstMs * rate ** (attempt - 1)))};
}

/** A passing fault: a retry is safe, even if the failed call took effect. */
function passes(fault: Fault, model: OperationModel): boolean {
  if (!isPassing(fault)) return false;
  // Refused or not even sent: nothing can have happened.
  if (['throttled', 'clock', 'local'].includes(fault.kind)) return true;
  return model.effect === 'read' || model.resend !== 'never';
}
