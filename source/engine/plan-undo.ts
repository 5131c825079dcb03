import type {Data} from '../runbook/expression/data.ts';
import {evaluateValue} from '../runbook/expression/template.ts';
import type {Runbook} from '../runbook/language/schema.ts';
import type {Step} from '../runbook/language/step.ts';
import type {WayBack} from './actions/action.ts';
import {handlerOf} from './actions/actions.ts';
import type {Json} from './model/events.ts';
import {scopeOf} from './decide/expression-scope.ts';
import type {ChangeMade, RunState} from './model/state.ts';

/** A change that cannot be taken back, and why. */
export interface Irreversible {
  readonly change: ChangeMade;
  readonly why: string;
}

/** The way back from a run. */
export interface UndoPlan {
  /** Steps that take back what the run changed, the newest change first, after one confirmation. */
  readonly steps: readonly object[];
  /** What those steps work on: the value of their input `changes`. */
  readonly changes: readonly Json[];
  readonly irreversible: readonly Irreversible[];
}

type Members = {readonly [member: string]: Json};

/**
 * Works out how to take back what a run changed. An `update` is taken back by the journal's picture before it, and
 * only where the resource is still as the run left it; a `call` by the `undo` that its step declares.
 */
export function planUndo(runbook: Runbook, state: RunState): UndoPlan {
  const latest = latestChanges([...state.changes]);
  const order = [...new Set(latest.map(({step}) => step))];
  const steps: object[] = [];
  const changes: Json[] = [];
  const irreversible: Irreversible[] = [];
  for (const id of order) {
    const step = runbook.steps.find((one) => one.id === id);
    const made = latest.filter((change) => change.step === id);
    const way = step === undefined ? {impossible: 'its step is not in the runbook'} : wayBack(step);
    if (step === undefined || 'impossible' in way) {
      const why = 'impossible' in way ? way.impossible : '';
      irreversible.push(...made.map((change) => ({change, why})));
      continue;
    }
    const entries = made.map((change) => entryOf(state, step, way, change));
    changes.push(...entries);
    steps.push(undoStep(step, way, entries));
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

function wayBack({action}: Step): WayBack | {readonly impossible: string} {
  return handlerOf(action).undo?.(action) ?? {impossible: 'the runbook knows no way back'};
}

/** One change as the undo's steps see it: where, what, and the requests that take it back. */
function entryOf(state: RunState, step: Step, way: WayBack, change: ChangeMade): Json {
  const lane = change.region === undefined ? state.account : state.lanes.get(change.region);
  if (lane === undefined) return {};
  const {value = null, output = null} = change;
  const variables = {...scopeOf(state, lane, value).variables, output};
  return {
    step: step.id,
    region: change.region ?? '',
    arn: change.target,
    with: evaluateValue(way.members, {root: variables, variables}) as Data,
    ...way.known?.(change),
  };
}

function undoStep(step: Step, way: WayBack, entries: readonly Json[]): object {
  return {
    id: step.id,
    title: `Undo: ${step.title}`,
    scope: step.scope,
    ...(step.column === undefined ? {} : {column: step.column}),
    forEach:
      step.scope === 'region'
        ? `\${{ inputs.changes[?step == '${step.id}' && region == $region] }}`
        : `\${{ inputs.changes[?step == '${step.id}'] }}`,
    maxConcurrency: step.maxConcurrency,
    summary: '${{ length(@) }} put back',
    ...way.step(membersOf(entries)),
  };
}

/** The names of the members by which changes are identified. */
function membersOf(entries: readonly Json[]): readonly string[] {
  const names = entries.flatMap((entry) =>
    Object.keys((entry as {readonly [key: string]: Members})['with'] ?? {}),
  );
  return [...new Set(names)];
}
