import type {Json} from '../../data/json.ts';
import {readFileSync} from 'node:fs';
import {evolveAll, initialState} from '../../engine/evolve/evolve.ts';
import type {ChangeMade} from '../../engine/model/state.ts';
import {findRun} from '../../journal/find-run.ts';
import {readJournal} from '../../journal/read.ts';
import {InvalidInput, type InputSources} from '../../runbook/inputs.ts';
import type {Runbook} from '../../runbook/language/schema.ts';
import {Secret} from '../../runbook/secret.ts';

/** Sources in this process for inputs that only name their value. */
export function inputSources(env: NodeJS.ProcessEnv): InputSources {
  return {
    secret: (name, pointer) => secretAt(name, pointer, env),
    journal: (_name, pointer) => changesOf(findRun(pointer, env)),
  };
}

/**
 * The secrets of a run that goes on: its journal has their masks only, so they are given again.
 * Throws {@link InvalidInput} for one that is not.
 */
export function secretsAgain(
  runbook: Pick<Runbook, 'inputs'>,
  masks: {readonly [input: string]: unknown},
  given: readonly string[],
  env: NodeJS.ProcessEnv,
): readonly Secret[] {
  const pointers = new Map(
    given.map((pair) => [pair.split('=', 1)[0] ?? '', pair.slice(pair.indexOf('=') + 1)]),
  );
  const strange = [...pointers.keys()].find((name) => runbook.inputs[name]?.type !== 'secret');
  if (strange !== undefined) {
    throw new InvalidInput(`${strange} cannot be set now: a run goes on with the inputs that it began with`);
  }
  return Object.entries(runbook.inputs).flatMap(([name, {type}]): Secret[] => {
    if (type !== 'secret') return [];
    const pointer = pointers.get(name);
    if (pointer === undefined) {
      throw new InvalidInput(
        `the secret ${name} is not in the journal: give it again, --input ${name}=env:VARIABLE`,
      );
    }
    return [new Secret(name, secretAt(name, pointer, env), String(masks[name]))];
  });
}

/** A secret is never taken from the command line itself, where every user of the host can read it. */
function secretAt(name: string, pointer: string, env: NodeJS.ProcessEnv): string {
  const [kind, place] = [pointer.slice(0, pointer.indexOf(':')), pointer.slice(pointer.indexOf(':') + 1)];
  if (kind === 'env') {
    const value = env[place];
    if (value !== undefined && value !== '') return value;
    throw new InvalidInput(`input ${name}: there is no environment variable ${place}`);
  }
  if (kind === 'file') {
    try {
      return readFileSync(place, 'utf8').replace(/\r?\n$/, '');
    } catch (error) {
      throw new InvalidInput(
        `input ${name}: ${place} cannot be read: ${(error as NodeJS.ErrnoException).code}`,
      );
    }
  }
  throw new InvalidInput(
    `input ${name} is a secret: give it as --input ${name}=env:VARIABLE or ${name}=file:PATH`,
  );
}

/** Returns a run's changes for an input of type `journal`. Throws CorruptJournal. */
function changesOf(file: string): Json {
  const journal = readJournal(file);
  const state = evolveAll(initialState, journal.events);
  return {
    run: journal.run,
    account: state.started?.identity.account ?? '',
    changes: latest([...state.changes]).map(
      ({region = '', step, target, operation, before = null, request = null}) => ({
        region,
        step,
        target,
        operation,
        before,
        written: request,
      }),
    ),
  };
}

/** Keeps the last of several changes of one resource by one operation. No other change lies in between. */
function latest(changes: readonly ChangeMade[]): readonly ChangeMade[] {
  const byTarget = new Map(
    changes.map((change) => [[change.region ?? '', change.operation, change.target].join('\n'), change]),
  );
  return [...byTarget.values()];
}
