import {defined} from '../../data/defined.ts';
import {evaluateMessage} from '../../runbook/expression/template.ts';
import {textToType} from '../../runbook/language/typed-text.ts';
import type {Confirm} from '../../runbook/language/actions/confirm.ts';
import {batchesOf} from '../scope/batch-plan.ts';
import type {Program} from '../model/program.ts';
import {resultSections} from '../scope/run-result.ts';
import {scopeOf} from '../scope/expression-scope.ts';
import {nothing, type Decision} from '../model/decision.ts';
import type {Happening, PlannedChange, RunQuestion} from '../model/events.ts';
import {approvalsOf} from '../queries/approvals.ts';
import {changeKey} from '../queries/change-key.ts';
import type {RunState} from '../model/state.ts';
import type {Handler} from './action.ts';

/** Puts the changes that lie ahead to the operator; a plan ends with it. */
export const confirm: Handler<Confirm> = {
  does: () => 'confirm',
  start(action, arrival) {
    const {state, step} = arrival;
    if (state.question?.step === step.id) return nothing;
    if (action.once && state.confirmed[step.id] !== undefined) {
      return record({type: 'step-succeeded', step: step.id, output: true, summary: 'confirmed before'});
    }
    const planning = state.started?.mode === 'plan';
    const changes = arrival.changesAhead(planning ? 'end' : 'next-confirmation');
    if (changes.length === 0) {
      return record({type: 'step-skipped', step: step.id, why: 'there is nothing to change'});
    }
    if (state.afterWindow === true && areCovered(state.confirmed[step.id] ?? [], changes)) {
      const summary = 'confirmed before the window opened';
      return record({type: 'step-succeeded', step: step.id, output: true, summary});
    }
    const batches = batchesOf(arrival.program.runbook, state, changes);
    const question = questionOf(action, state, {step: step.id, changes, ...batches});
    return planning
      ? record({type: 'asked', question}, planned(arrival, changes))
      : {...nothing, ask: question};
  },
};

/** Returns true if a confirmation was about these very changes, and perhaps more. */
function areCovered(confirmed: readonly PlannedChange[], changes: readonly PlannedChange[]): boolean {
  const known = new Set(confirmed.map(changeKey));
  return changes.every((change) => change.request !== undefined && known.has(changeKey(change)));
}

/** A confirmation's question about changes. Throws ExpressionError. */
export function questionOf(
  {message, typeToConfirm, approvals: needed = 1, notCaller}: Confirm,
  state: RunState,
  about: Pick<RunQuestion, 'step' | 'changes' | 'batches'>,
): RunQuestion {
  const scope = scopeOf(state, state.account);
  const typed = typeToConfirm === undefined ? undefined : textToType(typeToConfirm, scope);
  const approvals = approvalsOf(state, {needed, ...(notCaller === true ? {notCaller} : {})}, about);
  const asked = {...about, message: evaluateMessage(message, scope), ...defined({approvals})};
  return typed === undefined
    ? {kind: 'confirm', ...asked}
    : {kind: 'type-text', ...asked, typeToConfirm: typed};
}

/** The end of a run that only looks. What is known only later is no number of changes. */
export function planned(
  {program, state}: {readonly program: Pick<Program, 'runbook'>; readonly state: RunState},
  changes: readonly PlannedChange[],
): Happening {
  const known = changes.filter(isKnown).length;
  const count = known === 1 ? '1 change' : `${known} changes`;
  // A step that is open has an entry in each Region.
  const open = new Set(changes.filter((change) => !isKnown(change)).map(({step}) => step)).size;
  const later =
    open === 0
      ? ''
      : `, and what ${open === 1 ? '1 step' : `${open} steps`} would change is known only later`;
  const found = resultSections(program, state);
  return {
    type: 'run-ended',
    status: 'planned',
    message: `${count} would be made${later}`,
    ...(found.length === 0 ? {} : {result: found}),
  };
}

function isKnown({target, request}: PlannedChange): boolean {
  return request !== undefined || target !== '';
}

function record(...records: Happening[]): Decision {
  return {...nothing, records};
}
