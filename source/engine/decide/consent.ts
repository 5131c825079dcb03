import {byId} from '../../data/by-id.ts';
import {ExpressionError} from '../../runbook/expression/parse.ts';
import type {Confirm} from '../../runbook/language/actions/confirm.ts';
import {runsWherever} from '../../runbook/language/conditions.ts';
import type {Runbook} from '../../runbook/language/schema.ts';
import type {Step} from '../../runbook/language/step.ts';
import {questionOf} from '../actions/confirm.ts';
import {nothing, type Decision} from '../model/decision.ts';
import type {Item, PlannedChange} from '../model/events.ts';
import {changeOf, type Program} from '../model/program.ts';
import type {ItemProgress, Lane, RunState} from '../model/state.ts';
import {oncePer} from '../persistent/memoize.ts';
import {changeKey} from '../queries/change-key.ts';
import {isOver} from '../queries/progress.ts';
import {batchesOf} from '../scope/batch-plan.ts';
import {plannedChange, plannedIn} from './preview-changes.ts';

/**
 * Returns true if an accepted confirmation showed this very change: its step, its Region, its target and its request.
 */
function isAgreed(program: Program, state: RunState, change: PlannedChange): boolean {
  if (change.request === undefined) return false;
  const key = changeKey(change);
  return Object.entries(state.confirmed).some(
    ([step, changes]) => isInForce(program.runbook, state, step) && keysOf(changes).has(key),
  );
}

/**
 * Returns true if all of a step's items in a lane were agreed to. Throws ExpressionError for an item without a
 * request.
 */
export function areAgreed(
  program: Program,
  state: RunState,
  where: {readonly lane: Lane; readonly step: Step; readonly operation: string},
  items: readonly Item[],
): boolean {
  const {lane, step, operation} = where;
  const changes = items.map((item) => plannedChange(state, lane, step, operation, item));
  return changes.every((change) => isAgreed(program, state, change));
}

/**
 * Asks about a step's changes without consent, once every active Region has reached the step. It is one question for
 * all Regions. Undefined where no confirmation precedes the step. Throws ExpressionError.
 */
export function askAbout(
  program: Program,
  state: RunState,
  index: number,
  operation: string,
): Decision | undefined {
  const step = program.runbook.steps[index];
  const confirmation = confirmationBefore(program.runbook, index);
  if (step === undefined || confirmation === undefined) return undefined;
  if (state.question !== undefined) return nothing;
  if (step.scope === 'region' && !haveCome(program.runbook, state, index)) return nothing;
  const changes = plannedIn(state, step, operation).filter(
    (change) => change.request !== undefined && !isAgreed(program, state, change),
  );
  const batches = batchesOf(program.runbook, state, changes);
  const question = questionOf(confirmation, state, {step: step.id, changes, ...batches});
  const why =
    'Nobody has agreed to these changes yet: they were found later, or their requests are different now.';
  return {...nothing, ask: {...question, message: `${why} ${question.message}`}};
}

/**
 * Returns true if every active Region has ended the Region step before. All have passed the account steps between.
 */
function haveCome({steps}: Runbook, state: RunState, index: number): boolean {
  const before = steps.slice(0, index).findLastIndex(({scope}) => scope === 'region');
  return before < 0 || isOver(state, before);
}

/**
 * Makes the last check before a step's items are sent: it asks about items without consent. A call that was sent
 * before is resent unchanged.
 */
export function askBeforeSending(
  program: Program,
  state: RunState,
  {lane, step, now}: {readonly lane: Lane; readonly step: Step; readonly now: number},
  open: readonly ItemProgress[],
): Decision | undefined {
  const operation = changeOf(program, step)?.name;
  if (operation === undefined) return undefined;
  const next = open.filter(
    ({status, dueAt = 0, request}) =>
      request === undefined && (status === 'todo' || (status === 'waiting' && dueAt <= now)),
  );
  const isSettled = (item: Item): boolean => {
    try {
      return areAgreed(program, state, {lane, step, operation}, [item]);
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      // The request cannot be made either, and then nothing is sent for the item: it fails by itself.
      return true;
    }
  };
  if (next.every(isSettled)) return undefined;
  return askAbout(program, state, program.runbook.steps.indexOf(step), operation) ?? nothing;
}

/** The confirmation that a step's changes belong to: the nearest before it that is asked whenever the step is worked on. */
function confirmationBefore({steps}: Runbook, index: number): Confirm | undefined {
  const asked = steps
    .slice(0, index)
    .filter((step) => runsWherever(steps[index], step))
    .map(({action}) => action);
  return asked.findLast((action) => action.kind === 'confirm');
}

/**
 * Returns true if the consent given at a step still counts. A new round needs a new confirmation, unless it is given
 * once for all rounds. Consent given at a change's step counts until the run goes back before that step.
 */
function isInForce({steps}: Runbook, state: RunState, id: string): boolean {
  const action = byId(steps, id)?.action;
  if (action?.kind !== 'confirm') return action !== undefined;
  return action.once === true || state.account.results[id]?.status === 'succeeded';
}

const keysOf = oncePer(
  (changes: readonly PlannedChange[]): ReadonlySet<string> => new Set(changes.map(changeKey)),
);
