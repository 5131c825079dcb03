import {ExpressionError} from '../../runbook/expression/parse.ts';
import {evaluateValue} from '../../runbook/expression/template.ts';
import type {Step} from '../../runbook/language/schema.ts';
import type {Item, Json, PlannedChange} from '../model/events.ts';
import {mayChange} from '../queries/region-truth.ts';
import {workIn} from '../evolve/active-steps.ts';
import {applies, itemsOf} from './step-items.ts';
import {changeOf, type Program} from '../model/program.ts';
import {scopeOf} from './expression-scope.ts';
import type {Lane, RunState} from '../model/state.ts';

type Members = {readonly [member: string]: Json};

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
    if (step.confirm !== undefined && to === 'next-confirmation') break;
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
    return itemsToDo(state, lane, step).map((item) => plannedChange(state, lane, step, operation, item));
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    const detail = 'what it works on is known only when the step starts';
    return [{...aboutStep(lane, step, operation), target: '', detail}];
  }
}

/** The items of a step that is still to come, or those that nothing was sent for in a step that is under way. */
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
  const request = requestSaid(state, lane, step, item);
  const detail =
    step.update === undefined ? membersShown(request, item.key) : detailOf(state, lane, step, item);
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

/** The members that the runbook gives a request: what an update carries over is known when it is read. */
function requestSaid(state: RunState, lane: Lane, step: Step, item: Item): Members {
  const scope = scopeOf(state, lane, item.value);
  const given = evaluateValue(step.update?.with ?? step.with ?? {}, scope) as Members;
  const set = evaluateValue(step.update?.set ?? {}, scope) as Members;
  return {...given, ...set};
}

/** Most of a request that is shown beside its target, in characters. */
const mostShown = 200;

/** A request's members but for the one that the target is known by. */
function membersShown(request: Members, target: string): string | undefined {
  const members = Object.entries(request)
    .filter(([, value]) => value !== target)
    .map(([member, value]) => `${member} ${typeof value === 'string' ? value : JSON.stringify(value)}`);
  const text = members.join(', ');
  if (text === '') return undefined;
  return text.length > mostShown ? `${text.slice(0, mostShown)}…` : text;
}

/** What an update does to an item: what the item shows of what goes, and the values that come. Throws ExpressionError. */
function detailOf(state: RunState, lane: Lane, step: Step, item: Item): string | undefined {
  const {set, remove} = step.update ?? {};
  const removed = (remove ?? []).map((member) => `${member} ${shown(memberOf(item.value, member))}removed`);
  const values = evaluateValue(set ?? {}, scopeOf(state, lane, item.value)) as {readonly [key: string]: Json};
  const changed = Object.entries(values).map(([member, value]) =>
    `${member} set to ${shown(value)}`.trimEnd(),
  );
  const details = [...removed, ...changed];
  return details.length === 0 ? undefined : details.join(', ');
}

function memberOf(value: Json, member: string): Json | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return (value as {readonly [key: string]: Json})[member];
}

/** A value in few words: a structure is known by its first text. */
function shown(value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  if (typeof value !== 'object') return `${String(value)} `;
  const first = Object.values(value).find((part) => typeof part === 'string');
  return first === undefined ? '' : `${first} `;
}
