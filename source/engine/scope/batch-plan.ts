import {defined} from '../../data/defined.ts';
import type {Scope} from '../../runbook/expression/evaluate.ts';
import {ExpressionError} from '../../runbook/expression/parse.ts';
import {evaluateText} from '../../runbook/expression/template.ts';
import type {Batch} from '../../runbook/language/batch.ts';
import type {Runbook} from '../../runbook/language/schema.ts';
import type {BatchPlan} from '../model/batch.ts';
import type {PlannedChange} from '../model/events.ts';
import type {Lane, RunState} from '../model/state.ts';
import {scopeOf} from './expression-scope.ts';
import {durationIn} from './times.ts';

/** The batches that a step asks for, in numbers. Throws ExpressionError. */
export function batchPlan({size, canary, pause, stopAfterFailures}: Batch, scope: Scope): BatchPlan {
  const first = canary === undefined ? 0 : countOf('canary', canary, 0, scope);
  return {
    size: countOf('size', size, 1, scope),
    ...defined({canary: first === 0 ? undefined : first}),
    pauseMs: pause === undefined ? 0 : durationIn(pause, scope),
    stopAfterFailures: countOf('stopAfterFailures', stopAfterFailures, 1, scope),
  };
}

function countOf(name: string, value: number | string, least: number, scope: Scope): number {
  const count = typeof value === 'number' ? value : evaluateText(value, scope, 'strict');
  if (typeof count === 'number' && Number.isInteger(count) && count >= least) return count;
  throw new ExpressionError(`\`${name}\` must be a whole number, ${least} or more`);
}

/** Steps' batches, by the step's id. */
type Batches = {readonly [step: string]: BatchPlan};

/**
 * The batches of the steps that make some changes. A step is left out where its batches differ by Region, or are known
 * only when it starts.
 */
export function batchesOf(
  {steps}: Runbook,
  state: RunState,
  changes: readonly PlannedChange[],
): {readonly batches?: Batches} {
  const known = steps.flatMap(({id, batch}): (readonly [string, BatchPlan])[] => {
    const those = changes.filter(({step}) => step === id);
    if (batch === undefined || those.length === 0) return [];
    const lanes = [...new Set(those.map(({region}) => laneOf(state, region)))];
    const plans = lanes.map((lane) => planIn(batch, state, lane));
    const [first] = plans;
    return first !== undefined && plans.every((one) => same(one, first)) ? [[id, first]] : [];
  });
  return known.length === 0 ? {} : {batches: Object.fromEntries(known)};
}

function laneOf(state: RunState, region: string | undefined): Lane {
  return (region === undefined ? undefined : state.lanes.get(region)) ?? state.account;
}

function planIn(batch: Batch, state: RunState, lane: Lane): BatchPlan | undefined {
  try {
    return batchPlan(batch, scopeOf(state, lane));
  } catch (error) {
    if (error instanceof ExpressionError) return undefined;
    throw error;
  }
}

function same(one: BatchPlan | undefined, other: BatchPlan): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
