import {byId} from '../data/by-id.ts';
import type {Json, JsonObject} from '../data/json.ts';
import {defined} from '../data/defined.ts';
import {ExpressionError} from '../runbook/expression/parse.ts';
import {evaluateMembers} from '../runbook/expression/template.ts';
import type {UndoWait} from '../runbook/language/actions/call.ts';
import type {Runbook} from '../runbook/language/schema.ts';
import type {Step} from '../runbook/language/step.ts';
import type {Delays, WayBack} from './actions/action.ts';
import {handlerOf} from './actions/actions.ts';
import {scopeOf} from './scope/expression-scope.ts';
import {secondsOf} from './scope/seconds.ts';
import type {ChangeMade, RunState} from './model/state.ts';

/** A change that cannot be taken back, and why. */
export interface Irreversible {
  readonly change: ChangeMade;
  readonly why: string;
}

/** The way back from a run. */
export interface UndoPlan {
  /** Steps that take back the run's changes after one confirmation, the newest change first. */
  readonly steps: readonly UndoStep[];
  /** Items of those steps: the value of their input `changes`. */
  readonly changes: readonly Json[];
  readonly irreversible: readonly Irreversible[];
}

/** A change that an earlier undo has taken back. */
export interface PutBack {
  readonly step: string;
  readonly region?: string;
  readonly target: string;
  /** ms since the epoch. */
  readonly at: number;
}

/** A step of an undo, as its runbook has it. */
interface UndoStep {
  readonly id: string;
  readonly [member: string]: unknown;
}

/**
 * Plans how to take back a run's changes. An `update` is reversed by the journal's picture before it, if the resource
 * is still as the run left it. A `call` is reversed by the `undo` that its step declares. Changes that were put back
 * and not made again are left out.
 */
export function planUndo(runbook: Runbook, state: RunState, putBack: readonly PutBack[]): UndoPlan {
  const latest = latestChanges([...state.changes]).filter((change) => !isPutBack(change, putBack));
  const order = [...new Set(latest.map(({step}) => step))];
  const steps: UndoStep[] = [];
  const changes: Json[] = [];
  const irreversible: Irreversible[] = [];
  for (const id of order) {
    const step = byId(runbook.steps, id);
    const made = latest.filter((change) => change.step === id);
    const way = step === undefined ? {impossible: 'its step is not in the runbook'} : wayBack(step);
    if (step === undefined || 'impossible' in way) {
      const why = 'impossible' in way ? way.impossible : '';
      irreversible.push(...made.map((change) => ({change, why})));
      continue;
    }
    const judged = made.map((change) => ({
      change,
      why: way.whyNot?.(change) ?? whyNotMade(state, step, way, change),
    }));
    irreversible.push(...judged.flatMap(({change, why}) => (why === undefined ? [] : [{change, why}])));
    const reversible = judged.filter(({why}) => why === undefined).map(({change}) => change);
    for (const {absent, group} of groupsOf(way, reversible)) {
      const by = freeId(step.id, steps);
      const wait = way.wait === undefined ? undefined : freeId(`${by.slice(0, 36)}Wait`, steps);
      const entries = group.map((change) => ({...entryOf(state, step, way, change), by, ...defined({wait})}));
      changes.push(...entries);
      const inSeconds = (one: Delays): object => ({...one, ...delaysOf(state, one)});
      const action = way.step(identifyingMembers(entries), absent, inSeconds);
      if (way.wait === undefined || wait === undefined) steps.push(undoStep(step, by, action));
      else steps.push(...undoStepAndWait(state, step, {by, wait}, action, way.wait));
    }
  }
  return {steps, changes, irreversible};
}

/** The newest first; of several changes of one thing by one step only the newest, since each undoes them all. */
function latestChanges(changes: readonly ChangeMade[]): readonly ChangeMade[] {
  const seen = new Set<string>();
  return changes.toReversed().filter((change) => {
    const key = [change.step, change.region ?? '', change.target].join('\n');
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function isPutBack({step, region, target, at}: ChangeMade, putBack: readonly PutBack[]): boolean {
  return putBack.some(
    (one) => one.step === step && one.region === region && one.target === target && one.at >= at,
  );
}

function wayBack({action}: Step): WayBack | {readonly impossible: string} {
  return handlerOf(action).undo?.(action) ?? {impossible: 'the runbook knows no way back'};
}

/** A change for the undo's steps: its place, its target, and the requests that reverse it. */
function entryOf(state: RunState, step: Step, way: WayBack, change: ChangeMade): JsonObject {
  const lane = change.region === undefined ? state.account : state.lanes.get(change.region);
  if (lane === undefined) return {};
  const {value = null, output = null} = change;
  const variables = {...scopeOf(state, lane, value).variables, output};
  return {
    step: step.id,
    region: change.region ?? '',
    arn: change.target,
    with: evaluateMembers(way.members, {root: variables, variables}),
    ...way.known?.(change),
  };
}

/** Why the request that takes a change back cannot be made, if that is so. */
function whyNotMade(state: RunState, step: Step, way: WayBack, change: ChangeMade): string | undefined {
  try {
    entryOf(state, step, way, change);
    return undefined;
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return `the request that takes it back cannot be made: ${error.message}`;
  }
}

/** An undo that AWS only accepts, and the wait that shows whether it happened. */
function undoStepAndWait(
  state: RunState,
  step: Step,
  {by, wait}: {readonly by: string; readonly wait: string},
  action: object,
  waitUntil: UndoWait,
): readonly UndoStep[] {
  const asked = {...undoStep(step, by, action), summary: "${{ length(@[?type(@) != 'null']) }} asked for"};
  const outcome = {step: wait, reached: 'it is taken back', missed: 'it is not taken back'};
  const waiting = {
    ...undoStep(step, wait, {waitUntil: {...waitUntil, ...delaysOf(state, waitUntil)}}),
    title: undoTitle(step.title, 'Wait'),
    forEach: `\${{ steps.${by}.output[?type(@) != 'null'] }}`,
    summary: '${{ length(@) }} taken back',
  };
  return [step.scope === 'account' ? {...asked, outcome} : asked, waiting];
}

/** The delays of a wait in seconds. The undo's runbook has none of the run's inputs. */
function delaysOf(state: RunState, {minDelay, maxDelay, maxWaitTime}: Delays): object {
  const scope = scopeOf(state, state.account, null);
  return {
    minDelay: secondsOf(minDelay, scope),
    maxDelay: secondsOf(maxDelay, scope),
    maxWaitTime: secondsOf(maxWaitTime, scope),
  };
}

function undoStep(step: Step, id: string, action: object): UndoStep {
  return {
    id,
    title: undoTitle(step.title),
    scope: step.scope,
    ...(step.column === undefined ? {} : {column: step.column}),
    forEach:
      step.scope === 'region'
        ? `\${{ inputs.changes[?by == '${id}' && region == $region] }}`
        : `\${{ inputs.changes[?by == '${id}'] }}`,
    maxConcurrency: step.maxConcurrency,
    summary: "${{ length(@[?type(@) != 'null']) }} put back",
    ...action,
  };
}

/** Groups changes by the members that were absent before. A separate step puts each group back. */
function groupsOf(
  way: WayBack,
  changes: readonly ChangeMade[],
): readonly {readonly absent: readonly string[]; readonly group: readonly ChangeMade[]}[] {
  const absentIn = (change: ChangeMade): readonly string[] => way.absentBefore?.(change) ?? [];
  const groups = Map.groupBy(changes, (change) => absentIn(change).join('\n'));
  return [...groups.values()].map((group) => ({absent: group.slice(0, 1).flatMap(absentIn), group}));
}

/** Most characters of a title. */
const longestTitle = 500;

/** Title of an undo, or of one of its steps. */
export function undoTitle(title: string, prefix = 'Undo'): string {
  const whole = `${prefix}: ${title}`;
  return whole.length > longestTitle ? `${whole.slice(0, longestTitle - 1)}…` : whole;
}

/** The step's id, or the first one made from it that is free. */
export function freeId(id: string, steps: readonly Pick<UndoStep, 'id'>[]): string {
  let free = id;
  for (let number = 2; steps.some((step) => step.id === free); number += 1) {
    free = `${id.slice(0, 36)}${number}`;
  }
  return free;
}

/** The names of the members by which changes are identified. */
function identifyingMembers(entries: readonly Json[]): readonly string[] {
  const names = entries.flatMap((entry) =>
    Object.keys((entry as {readonly [key: string]: JsonObject})['with'] ?? {}),
  );
  return [...new Set(names)];
}
