import type {Data} from '../runbook/expression/data.ts';
import {evaluateValue} from '../runbook/expression/template.ts';
import type {Runbook, Step} from '../runbook/language/schema.ts';
import type {Json} from './model/events.ts';
import {answerScope, scopeOf} from './decide/expression-scope.ts';
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
    const why = step === undefined ? 'its step is not in the runbook' : whyNot(step);
    if (step === undefined || why !== undefined) {
      irreversible.push(...made.map((change) => ({change, why: why ?? ''})));
      continue;
    }
    const entries = made.map((change) => entryOf(state, step, change));
    changes.push(...entries);
    steps.push(undoStep(step, entries));
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

function whyNot(step: Step): string | undefined {
  if (step.update !== undefined) return undefined;
  if (step.undo === undefined) return 'the runbook knows no way back';
  return 'impossible' in step.undo ? step.undo.impossible : undefined;
}

/** One change as the undo's steps see it: where, what, and the requests that take it back. */
function entryOf(state: RunState, step: Step, change: ChangeMade): Json {
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
    region: change.region ?? '',
    arn: change.target,
    with: members,
    ...(step.update === undefined ? {} : {before, written: writable(step, request)}),
  };
}

/** What was written, without what only identifies the request: the members that can be compared with a later read. */
function writable(step: Step, request: Json): Json {
  if (typeof request !== 'object' || request === null || Array.isArray(request)) return {};
  const aside = new Set([...Object.keys(step.update?.with ?? {}), 'clientToken', 'ClientToken']);
  return Object.fromEntries(Object.entries(request as Members).filter(([member]) => !aside.has(member)));
}

function undoStep(step: Step, entries: readonly Json[]): object {
  const common = {
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
  };
  if (step.update === undefined) {
    const operation = step.undo !== undefined && 'call' in step.undo ? step.undo.call : '';
    return {
      ...common,
      call: operation,
      with: itemMembers(membersIn(entries, 'with'), 'with'),
      catch: [
        {
          errorEquals: ['EntityAlreadyExists', 'InvalidInput', 'ResourceAlreadyExists'],
          next: 'continue',
          message: 'it is there already',
        },
      ],
    };
  }
  const {read, resource, write, set, remove, partial} = step.update;
  const changed = [...new Set([...Object.keys(set ?? {}), ...(remove ?? [])])];
  return {
    ...common,
    update: {
      read,
      with: itemMembers(membersIn(entries, 'with'), 'with'),
      resource,
      write,
      set: itemMembers(changed, 'before'),
      expect: '${{ item.written }}',
      ...(partial === undefined ? {} : {partial}),
    },
  };
}

function membersIn(entries: readonly Json[], name: string): readonly string[] {
  const names = entries.flatMap((entry) =>
    Object.keys((entry as {readonly [key: string]: Members})[name] ?? {}),
  );
  return [...new Set(names)];
}

/** Each member with the expression that finds its value in the item. */
function itemMembers(names: readonly string[], from: string): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, `\${{ item.${from}."${name}" }}`]));
}
