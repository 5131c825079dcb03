/* eslint-disable no-console */
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {createVitest} from 'vitest/node';
import {mutated} from './mutated.ts';
import type {Mutant} from './mutant.ts';
import {stagesOf, type Pace} from './stages.ts';

/** What the tester says about a mutant: the test file that fails; none when it survives. */
export interface Verdict {
  readonly killer?: string;
}

/** What a tester is asked: whether tests notice a mutant, or whether they pass as they are. */
export type Order = {readonly mutant: Mutant; readonly pace: Pace} | {readonly tests: readonly string[]};

/**
 * Tries mutants in a copy of the repository, in a process that keeps Vitest and what it has transformed. A mutant costs
 * its tests, then, and not Vitest's start.
 */
const [folder = ''] = process.argv.slice(2);

const vitest = await createVitest('test', {
  root: folder,
  watch: false,
  // Each run has a thread for itself, but not each file: a file takes seconds to be loaded by itself.
  pool: 'threads',
  isolate: false,
  fileParallelism: false,
  maxWorkers: 1,
  bail: 1,
  reporters: [{}],
});

/** Returns the first test file that fails. Throws when there are no tests: they would pass every mutant. */
async function failing(paths: readonly string[]): Promise<Verdict> {
  const specifications = await vitest.globTestSpecifications(paths.map((path) => join(folder, path)));
  if (specifications.length === 0) throw new Error(`no tests: ${paths.join(' ')}`);
  const {testModules, unhandledErrors} = await vitest.runTestSpecifications(specifications, false);
  // Vitest keeps the verdicts of earlier runs beside this one's.
  const tried = new Set(specifications.map(({moduleId}) => moduleId));
  const failed = testModules.find((module) => tried.has(module.moduleId) && module.state() === 'failed');
  if (failed !== undefined) return {killer: failed.relativeModuleId};
  return unhandledErrors.length > 0 ? {killer: 'an error outside of all tests'} : {};
}

async function verdictOn(mutant: Mutant, pace: Pace): Promise<Verdict> {
  const file = join(folder, mutant.file);
  const original = readFileSync(file, 'utf8');
  const change = (text: string): void => {
    writeFileSync(file, text);
    vitest.invalidateFile(file);
  };
  change(mutated(mutant, original));
  try {
    for (const tests of stagesOf(folder, mutant, pace)) {
      const verdict = await failing(tests);
      if (verdict.killer !== undefined) return verdict;
    }
    return {};
  } finally {
    change(original);
  }
}

process.on('message', (order: Order) => {
  const verdict = 'mutant' in order ? verdictOn(order.mutant, order.pace) : failing(order.tests);
  verdict.then(
    (said) => process.send?.(said),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
