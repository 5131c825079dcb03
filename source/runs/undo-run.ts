import type {Json} from '../data/json.ts';
import {stringify} from 'yaml';
import type {ConnectionOptions} from '../aws/connection/connection.ts';
import {evolveAll, initialState} from '../engine/evolve/evolve.ts';
import {freeId, planUndo, undoTitle, type Irreversible, type UndoPlan} from '../engine/plan-undo.ts';
import {readJournal} from '../journal/read.ts';
import {includedFrom, parseRunbook, type LoadedRunbook} from '../runbook/load/load.ts';
import type {Runbook} from '../runbook/language/schema.ts';
import {secretsAgain} from './answers/input-sources.ts';
import {withProfileOf} from './defaults/profile-of-run.ts';
import type {Order} from './order.ts';
import {originalOf} from './policy/original.ts';
import type {GivenAnswers} from '../cli/answer-options.ts';
import {UsageError} from '../cli/usage-error.ts';
import {putBackOf, undoFile} from './undone-runs.ts';

/** Settings for undoing a run, besides its journal. */
export interface UndoOrder {
  readonly file: string;
  readonly connection: ConnectionOptions;
  readonly answers: GivenAnswers;
  /** Secrets, given again: `name=env:VARIABLE`. */
  readonly inputs?: readonly string[];
  /** Folder of the journals of earlier undos. */
  readonly env: NodeJS.ProcessEnv;
}

/** A run changed nothing, was taken back already, or changed only what cannot be taken back. */
export class NothingToUndo extends UsageError {
  override readonly name = 'NothingToUndo';
}

/**
 * Makes the run that undoes another one: a runbook built from the journal, confirmed and journaled like any
 * run. Throws {@link NothingToUndo}, {@link UsageError} for a simulation, InvalidInput for a secret that is needed and not given,
 * and CorruptJournal.
 */
export function undoOrder({file, connection, answers, inputs = [], env}: UndoOrder): Order {
  const journal = readJournal(file);
  const state = evolveAll(initialState, journal.events);
  const {started} = state;
  if (started === undefined) throw new UsageError(`${file} holds no run`);
  if (started.simulation) {
    throw new UsageError(`run ${journal.run} was a demo, and its simulated AWS is gone`);
  }
  const original = parseRunbook(
    started.runbook.file,
    started.runbook.text,
    includedFrom(started.runbook.included ?? []),
  );
  const putBack = putBackOf(journal.run, env);
  const plan = planUndo(original.runbook, state, putBack);
  if (plan.steps.length === 0) throw new NothingToUndo(nothingToUndo(journal.run, plan, putBack.length > 0));
  const secrets = secretsFor(plan, original.runbook, started.inputs);
  const again = secretsAgain({inputs: secrets}, started.inputs, inputs, env);
  return {
    loaded: undoRunbook(journal.run, original, plan, secrets),
    inputs: {
      changes: plan.changes,
      ...Object.fromEntries(Object.keys(secrets).map((name, at) => [inputFor(name), again[at] ?? null])),
    },
    mode: 'live',
    simulation: false,
    regions: regionsOf(plan),
    connection: withProfileOf(state, connection),
    answers,
    account: started.identity.account,
    undoes: journal.run,
    original: originalOf(started),
  };
}

type Inputs = Runbook['inputs'];

/** The secrets whose masks stand in the requests that take the changes back. */
function secretsFor({changes}: UndoPlan, {inputs}: Runbook, masks: {readonly [input: string]: Json}): Inputs {
  const text = JSON.stringify(changes);
  const needed = Object.entries(inputs).filter(([name, {type}]) => {
    const mask = masks[name];
    return type === 'secret' && typeof mask === 'string' && text.includes(mask.replace(/>$/, ''));
  });
  return Object.fromEntries(needed);
}

/** A secret's name among the inputs of an undo, which has one called `changes`. */
function inputFor(name: string): string {
  return name === 'changes' ? 'changesSecret' : name;
}

function nothingToUndo(run: string, {irreversible}: UndoPlan, isPutBack: boolean): string {
  if (isPutBack) {
    const lost = irreversible.length === 0 ? '' : `; beyond recall: ${describe(irreversible)}`;
    return `run ${run} was taken back already, and nothing is left to put back${lost}`;
  }
  if (irreversible.length === 0)
    return `run ${run} changed nothing: there is nothing to take back; handrail runs lists the others`;
  return `run ${run} cannot be taken back: ${describe(irreversible)}`;
}

/** Only the Regions where something is put back are visited. */
function regionsOf({changes}: UndoPlan): readonly string[] {
  const regions = changes.map((change) => String((change as {region?: Json}).region ?? ''));
  return [...new Set(regions)].filter((region) => region !== '');
}

function undoRunbook(
  run: string,
  original: LoadedRunbook,
  {steps, irreversible}: UndoPlan,
  secrets: Inputs,
): LoadedRunbook {
  const lost = irreversible.length === 0 ? '' : ` Cannot be taken back: ${describe(irreversible)}.`;
  const message = `Puts back what run ${run} changed, where it is still as that run left it.${lost}`;
  const text = stringify({
    handrail: 1,
    name: `undo-${original.runbook.name}`.slice(0, 64).replace(/-$/, ''),
    title: undoTitle(original.runbook.title),
    inputs: {
      changes: {type: 'list', description: `What run ${run} changed`},
      ...Object.fromEntries(Object.entries(secrets).map(([name, input]) => [inputFor(name), input])),
    },
    steps: [
      {
        id: freeId('approveUndo', steps),
        title: 'Approve putting it back',
        confirm: {message: message.slice(0, 4096)},
      },
      ...steps,
    ],
  });
  return parseRunbook(`${undoFile}${run}`, text);
}

/** Formats the changes that cannot be undone, by step and reason, in one line. */
function describe(irreversible: readonly Irreversible[]): string {
  const groups = new Map<string, number>();
  for (const {change, why} of irreversible) {
    const about = `${change.operation}: ${why}`;
    groups.set(about, (groups.get(about) ?? 0) + 1);
  }
  return [...groups].map(([about, times]) => `${times} × ${about}`).join('; ');
}
