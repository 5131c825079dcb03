import {readdirSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {NoRegions} from '../../aws/preflight/regions.ts';
import {UsageError} from '../../cli/usage-error.ts';
import {InvalidRunbook} from '../../runbook/load/problem.ts';
import {failuresOf} from './judge/expectations.ts';
import {loadTest} from './load-test.ts';
import type {LoadedTest} from './loaded-test.ts';
import {playCase} from './play/play-case.ts';
import type {CaseResult, FileResult} from './results.ts';

const isTest = /\.test\.ya?ml$/;

/** Returns the test files among files and folders, those of a folder at any depth. Throws {@link UsageError}. */
export function testFilesIn(paths: readonly string[]): readonly string[] {
  const files = paths.flatMap((path) => {
    const stats = statSync(path, {throwIfNoEntry: false});
    if (stats === undefined) throw new UsageError(`there is no file or folder ${path}`);
    if (!stats.isDirectory()) return [path];
    const found = readdirSync(path, {recursive: true, encoding: 'utf8'})
      .filter((name) => isTest.test(name) && !name.split(/[/\\]/).includes('node_modules'))
      .map((name) => join(path, name))
      .sort();
    if (found.length === 0) throw new UsageError(`${path} has no test files: their names end in .test.yaml`);
    return found;
  });
  return [...new Set(files)];
}

/** Runs the cases of a test file, one after the other. Throws UsageError for a file that cannot be read. */
export async function runTestFile(file: string): Promise<FileResult> {
  try {
    const test = await loadTest(file);
    const cases: CaseResult[] = [];
    for (const index of test.content.cases.keys()) cases.push(await resultOf(test, index));
    return {file, cases, problems: []};
  } catch (error) {
    if (!(error instanceof InvalidRunbook)) throw error;
    return {file, cases: [], problems: error.problems};
  }
}

async function resultOf(test: LoadedTest, index: number): Promise<CaseResult> {
  const one = test.content.cases[index];
  if (one === undefined) return {name: '', line: 1, failures: []};
  const {line} = test.places.atPath(['cases', index], '');
  try {
    return {name: one.name, line, failures: failuresOf(test, index, await playCase(test, one))};
  } catch (error) {
    // A run that would not begin: its case cannot say so otherwise.
    if (!(error instanceof UsageError) && !(error instanceof NoRegions)) throw error;
    const failure = test.places.atPath(['cases', index], `the run does not begin: ${error.message}`);
    return {name: one.name, line, failures: [failure]};
  }
}
