import {ExpressionError} from '../../runbook/expression/parse.ts';
import type {Step} from '../../runbook/language/step.ts';
import type {Decision} from '../model/decision.ts';
import {nothing} from '../model/decision.ts';
import {operationsOf} from '../../runbook/actions/actions.ts';
import {handlerOf, workOf} from '../actions/actions.ts';
import {planned} from '../actions/confirm.ts';
import type {Happening, PlannedChange} from '../model/events.ts';
import {expressionFault, type Fault} from '../model/fault.ts';
import {applies, itemsOf} from '../scope/step-items.ts';
import {placeOf} from '../model/place.ts';
import {planAhead} from './preview-changes.ts';
import {changeOf, modelOf, type Program} from '../model/program.ts';
import {scopeOf} from '../scope/expression-scope.ts';
import type {Lane, RunState} from '../model/state.ts';

/** What to do when a lane comes to a step. `now` in ms since the epoch. */
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

/** Why a step cannot be worked on here, though its runbook is sound: its AWS client is not installed. */
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
  if (items.length === 0) return record({type: 'step-succeeded', output: [], ...place});
  const change = changeOf(program, step);
  if (change !== undefined && !isConfirmed(program, state, index)) {
    if (state.started?.mode === 'plan') {
      const changes = planAhead(program, state, index - 1, 'end');
      return record(
        {type: 'asked', question: {kind: 'confirm', step: step.id, message: step.title, changes}},
        planned(changes),
      );
    }
    const fault: Fault = {
      kind: 'unsafe',
      name: 'NotConfirmed',
      message: `${change.name} was not sent: no confirmation precedes it`,
      remedy: 'put a confirm step before it',
    };
    return record({type: 'step-failed', fault, ...place});
  }
  const deadline = workOf(step.action).deadline(step.action, now, scopeOf(state, lane));
  return record({type: 'step-started', items, ...(deadline === undefined ? {} : {deadline}), ...place});
}

/** Whether the operator has agreed to what follows: a confirmation before the step was given in this round. */
function isConfirmed(program: Program, state: RunState, index: number): boolean {
  return program.runbook.steps
    .slice(0, index)
    .some(({id, action}) => action.kind === 'confirm' && state.account.results[id]?.status === 'succeeded');
}
