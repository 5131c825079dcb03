import {ExpressionError} from '../../runbook/expression/parse.ts';
import {evaluateMembers} from '../../runbook/expression/template.ts';
import type {Step} from '../../runbook/language/step.ts';
import {callsOf} from '../actions/actions.ts';
import {workIn} from '../evolve/active-steps.ts';
import type {Item, PlannedChange} from '../model/events.ts';
import {mayChange} from '../queries/region-truth.ts';
import {applies, itemsOf} from '../scope/step-items.ts';
import {changeOf, type Program} from '../model/program.ts';
import {scopeOf} from '../scope/expression-scope.ts';
import type {Lane, RunState} from '../model/state.ts';

/**
 * The changes that lie ahead of a step, worked out by the same expressions that will make them: up to the next
 * confirmation, or to the end of the runbook.
 */
export function planAhead(
  program: Program,
  state: RunState,
  from: number,
  to: 'next-confirmation' | 'end',
): readonly PlannedChange[] {
  const changes: PlannedChange[] = [];
  for (const step of program.runbook.steps.slice(from + 1)) {
    if (step.action.kind === 'confirm' && to === 'next-confirmation') break;
    const model = changeOf(program, step);
    if (model !== undefined) changes.push(...plannedIn(state, step, model.name));
  }
  return changes;
}

/** The changes that a step has still to make, in every lane that goes on. */
export function plannedIn(state: RunState, step: Step, operation: string): readonly PlannedChange[] {
  const lanes = step.scope === 'account' ? [state.account] : [...state.lanes];
  return lanes
    .filter((lane) => lane.fault === undefined && lane.waived === undefined && mayChange(state, lane))
    .filter((lane) => lane.results[step.id] === undefined)
    .flatMap((lane) => changesIn(state, lane, step, operation));
}

function changesIn(state: RunState, lane: Lane, step: Step, operation: string): readonly PlannedChange[] {
  try {
    return itemsToDo(state, lane, step).map((item) => changeOfItem(state, lane, step, operation, item));
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    const detail = 'its targets are known only when the step starts, and are asked about then';
    return [{...aboutStep(lane, step, operation), target: '', detail}];
  }
}

/** One item's change; without a request where that is known later, so that the other items' are shown all the same. */
function changeOfItem(state: RunState, lane: Lane, step: Step, operation: string, item: Item): PlannedChange {
  try {
    return plannedChange(state, lane, step, operation, item);
  } catch (error) {
    if (!(error instanceof ExpressionError) || item.key === '') throw error;
    const detail = 'its request is known only when the step starts, and is asked about then';
    return {...aboutStep(lane, step, operation), target: item.key, detail};
  }
}

/** Returns the items of a future step, or those of the present step without a sent call. */
function itemsToDo(state: RunState, lane: Lane, step: Step): readonly Item[] {
  const work = workIn(lane, step.id);
  if (work === undefined) return applies(state, lane, step) ? itemsOf(state, lane, step) : [];
  return [...work.items].filter(
    ({status, request}) => status !== 'done' && status !== 'failed' && request === undefined,
  );
}

/** One item's change, with all of its request that the runbook says. Throws ExpressionError. */
export function plannedChange(
  state: RunState,
  lane: Lane,
  step: Step,
  operation: string,
  item: Item,
): PlannedChange {
  const calls = callsOf(step.action);
  const scope = scopeOf(state, lane, item.value);
  const written = calls.agreed?.(step.action) ?? calls.members(step.action, calls.firstPhase);
  const request = evaluateMembers(written, scope);
  const detail = calls.describeChange?.(step.action, item, scope);
  return {
    ...aboutStep(lane, step, operation),
    target: item.key,
    ...(detail === undefined ? {} : {detail}),
    request,
  };
}

function aboutStep(
  {region}: Lane,
  {id, title}: Step,
  operation: string,
): Omit<PlannedChange, 'target' | 'detail' | 'request'> {
  return {step: id, title, operation, ...(region === undefined ? {} : {region})};
}
