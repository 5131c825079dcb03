import {defined} from '../../data/defined.ts';
import {ExpressionError} from '../../runbook/expression/parse.ts';
import type {Step} from '../../runbook/language/step.ts';
import type {Decision} from '../model/decision.ts';
import {nothing} from '../model/decision.ts';
import {operationsOf} from '../../runbook/actions/actions.ts';
import {handlerOf, workOf} from '../actions/actions.ts';
import {planned} from '../actions/confirm.ts';
import type {Happening, Place, PlannedChange, RunQuestion} from '../model/events.ts';
import {areAgreed, askAbout} from './consent.ts';
import {heldByGate} from '../gates/change-gate.ts';
import {expressionFault, outsideNamedRegions, type Fault} from '../model/fault.ts';
import {batchesOf, batchPlan} from '../scope/batch-plan.ts';
import {applies, itemsOf} from '../scope/step-items.ts';
import {placeOf} from '../model/place.ts';
import {planAhead} from './preview-changes.ts';
import {changeOf, modelOf, type Program} from '../model/program.ts';
import {scopeOf} from '../scope/expression-scope.ts';
import {isForbidden, mayChange} from '../queries/region-truth.ts';
import type {Lane, RunState} from '../model/state.ts';

/** Starts a step in a lane. `now` is in ms since the epoch. */
export function startStep(
  program: Program,
  state: RunState,
  lane: Lane,
  index: number,
  now: number,
): Decision {
  const step = program.runbook.steps[index];
  if (step === undefined) return nothing;
  const place = placeOf(lane, step.id);
  const {output, summary} = lane.lookedOnce?.[step.id] ?? {};
  if (output !== undefined) {
    return record({type: 'step-succeeded', output, ...defined({summary}), ...place});
  }
  try {
    if (!applies(state, lane, step)) {
      return record({type: 'step-skipped', why: 'its condition does not hold', ...place});
    }
    const changesAhead = (to: 'next-confirmation' | 'end'): readonly PlannedChange[] =>
      planAhead(program, state, index, to);
    const started = handlerOf(step.action).start?.(step.action, {
      program,
      state,
      lane,
      step,
      now,
      changesAhead,
    });
    if (started !== undefined) return started;
    const missing = missingFor(program, step);
    if (missing !== undefined) return record({type: 'step-skipped', why: missing, ...place});
    return startWork(program, state, lane, index, now);
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return record({type: 'step-failed', fault: expressionFault(error), ...place});
  }
}

/** Returns why a sound step cannot run on this host: its AWS client is not installed. */
function missingFor(program: Program, step: Step): string | undefined {
  const missing = operationsOf(step).map((name) => modelOf(program, name).missing);
  return missing.find((why) => why !== undefined);
}

function record(...records: Happening[]): Decision {
  return {...nothing, records};
}

function startWork(program: Program, state: RunState, lane: Lane, index: number, now: number): Decision {
  const step = program.runbook.steps[index];
  if (step === undefined) return nothing;
  const place = placeOf(lane, step.id);
  const items = itemsOf(state, lane, step);
  const change = changeOf(program, step);
  if (items.length === 0) {
    // A look at each of no things has seen all there is.
    const looks = change === undefined && step.action.kind === 'call' && step.column !== undefined;
    return record({type: 'step-succeeded', output: [], ...(looks ? {inUse: 0} : {}), ...place});
  }
  if (change !== undefined && !mayChange(state, lane)) {
    return record({type: 'step-failed', fault: outsideFault(state, step, lane, items.length), ...place});
  }
  if (change !== undefined && state.started?.mode === 'plan') {
    const changes = planAhead(program, state, index - 1, 'end');
    const batches = batchesOf(program.runbook, state, changes);
    const question: RunQuestion = {kind: 'confirm', step: step.id, message: step.title, changes, ...batches};
    return record({type: 'asked', question}, planned({program, state}, changes));
  }
  if (change !== undefined && !areAgreed(program, state, {lane, step, operation: change.name}, items)) {
    return askAbout(program, state, index, change.name) ?? record(notConfirmed(change.name, place));
  }
  const held = change === undefined ? undefined : heldByGate(state, now);
  if (held !== undefined) return held;
  const scope = scopeOf(state, lane);
  const deadline = lane.pauses?.[step.id] ?? workOf(step.action).deadline(step.action, now, scope);
  const batch = step.batch === undefined ? undefined : batchPlan(step.batch, scope);
  return record({type: 'step-started', items, ...defined({deadline, batch}), ...place});
}

/** A change that is needed in a Region where none is to be made: the Region is in use. */
function outsideFault(state: RunState, {title}: Step, {region = ''}: Lane, items: number): Fault {
  if (isForbidden(state, region)) {
    return {
      kind: 'unsafe',
      name: outsideNamedRegions,
      message: `“${title}” has ${items} to do here, and the policy lets nothing be changed in ${region}`,
      remedy: 'end that use by hand and try again',
    };
  }
  const named = state.started?.changesIn?.join(', ') ?? '';
  return {
    kind: 'unsafe',
    name: outsideNamedRegions,
    message: `“${title}” has ${items} to do here, and changes are made only in ${named} (--region)`,
    remedy: 'end that use by hand and try again, or start the run without --region',
  };
}

/** A change without a confirmation before it is never asked about, and never sent. */
function notConfirmed(operation: string, place: Place): Happening {
  const fault: Fault = {
    kind: 'unsafe',
    name: 'NotConfirmed',
    message: `${operation} was not sent: no confirmation precedes it`,
    remedy: 'put a confirm step before it',
  };
  return {type: 'step-failed', fault, ...place};
}
