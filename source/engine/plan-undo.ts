import {withoutEmpty, type Data} from '../runbook/expression/data.ts';
import {evaluateValue} from '../runbook/expression/template.ts';
import type {Runbook, Step} from '../runbook/language/schema.ts';
import type {Json} from './model/events.ts';
import {answerScope, scopeOf} from './decide/expression-scope.ts';
import type {ChangeMade, RunState} from './model/state.ts';
import {changedBy, undoStep, type UndoStep} from './undo-step.ts';

/** A change that cannot be taken back, and why. */
export interface Irreversible {
  readonly change: ChangeMade;
  readonly why: string;
}

/** The way back from a run. */
export interface UndoPlan {
  /** Steps that take back what the run changed, the newest change first, after one confirmation. */
  readonly steps: readonly UndoStep[];
  /** What those steps work on: the value of their input `changes`. */
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

type Members = {readonly [member: string]: Json};

/**
 * Works out how to take back what a run changed. An `update` is taken back by the journal's picture before it, and
 * only where the resource is still as the run left it; a `call` by the `undo` that its step declares. What was put back
 * already, and not changed again by the run since, is left out.
 */
export function planUndo(runbook: Runbook, state: RunState, putBack: readonly PutBack[]): UndoPlan {
  const latest = latestChanges([...state.changes]).filter((change) => !isPutBack(change, putBack));
  const order = [...new Set(latest.map(({step}) => step))];
  const steps: UndoStep[] = [];
  const changes: Json[] = [];
  const irreversible: Irreversible[] = [];
  for (const id of order) {
    const step = runbook.steps.find((one) => one.id === id);
    const made = latest.filter((change) => change.step === id);
    const judged = made.map((change) => ({
      change,
      why: step === undefined ? 'its step is not in the runbook' : whyNot(step, change),
    }));
    irreversible.push(...judged.flatMap(({change, why}) => (why === undefined ? [] : [{change, why}])));
    if (step === undefined) continue;
    const reversible = judged.filter(({why}) => why === undefined).map(({change}) => change);
    for (const group of groupsOf(step, reversible)) {
      const by = freeId(step.id, steps);
      const entries = group.made.map((change) => entryOf(state, step, change, by));
      changes.push(...entries);
      steps.push(undoStep(step, by, group.absent, entries));
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

function whyNot(step: Step, change: ChangeMade): string | undefined {
  if (step.update !== undefined) {
    const [absent] = absentBefore(step, change);
    return step.update.partial === true && absent !== undefined
      ? `there was no ${absent} before, and this operation cannot take it away`
      : undefined;
  }
  if (step.undo === undefined) return 'the runbook knows no way back';
  return 'impossible' in step.undo ? step.undo.impossible : undefined;
}

/** One change as the undo's steps see it: where, what, and the requests that take it back. */
function entryOf(state: RunState, step: Step, change: ChangeMade, by: string): Json {
  const lane = change.region === undefined ? state.account : state.lanes.get(change.region);
  if (lane === undefined) return {};
  const {value = null, before = null, request = null, output = null} = change;
  const scope =
    step.update === undefined ? answerScope(state, lane, value, output) : scopeOf(state, lane, value);
  const undo = step.undo !== undefined && 'call' in step.undo ? step.undo.with : undefined;
  const variables = {...scope.variables, output};
  const given = step.update?.with ?? undo ?? {};
  const members = evaluateValue(given, {root: variables, variables}) as Data;
  return {
    step: step.id,
    by,
    region: change.region ?? '',
    arn: change.target,
    with: members,
    ...(step.update === undefined ? {} : {before, written: writable(step, request)}),
  };
}

/** What was written, without what only identifies the resource: the members that can be compared with a later read. */
function writable(step: Step, request: Json): Json {
  const aside = Object.keys(step.update?.with ?? {});
  return Object.fromEntries(Object.entries(membersOf(request)).filter(([member]) => !aside.includes(member)));
}

/** The members that the step changed and that were not there before: to put that back is to take them away. */
function absentBefore(step: Step, {before}: ChangeMade): readonly string[] {
  const kept = membersOf(withoutEmpty(before) ?? null);
  return changedBy(step).filter((member) => kept[member] === undefined);
}

/** The changes by the members that were not there before: each such group is put back by a step of its own. */
function groupsOf(
  step: Step,
  made: readonly ChangeMade[],
): readonly {readonly absent: readonly string[]; readonly made: readonly ChangeMade[]}[] {
  const groups = Map.groupBy(made, (change) => absentBefore(step, change).join('\n'));
  return [...groups.values()].map((group) => ({
    absent: group[0] === undefined ? [] : absentBefore(step, group[0]),
    made: group,
  }));
}

/** The step's id, or the first that is free of those made from it. */
function freeId(id: string, steps: readonly {readonly id: string}[]): string {
  const taken = (name: string): boolean => steps.some((step) => step.id === name);
  let free = id;
  for (let number = 2; taken(free); number += 1) free = `${id.slice(0, 36)}${number}`;
  return free;
}

function membersOf(value: Json): Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : {};
}
