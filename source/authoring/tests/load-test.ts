import {dirname, resolve} from 'node:path';
import {lookUp, modelsFor} from '../../aws/catalogue/operation-models.ts';
import {UsageError} from '../../cli/usage-error.ts';
import {loadOther} from '../../runbook/load/load-other.ts';
import type {LoadedRunbook} from '../../runbook/load/load.ts';
import {InvalidRunbook} from '../../runbook/load/problem.ts';
import type {Places} from '../../runbook/load/source-positions.ts';
import {findRunbook} from '../../runs/runbooks/find-runbook.ts';
import {testFileSchema, type TestFile} from './language.ts';
import type {LoadedTest} from './loaded-test.ts';
import {testProblems} from './test-problems.ts';

/** Reads a test file and its runbook. Throws {@link InvalidRunbook} with each problem of either, or UsageError. */
export async function loadTest(file: string): Promise<LoadedTest> {
  const {content, places} = read(file);
  const runbook = runbookOf(file, content, places);
  const operations = await modelsFor(runbook);
  const test = {file, content, places, runbook, operations};
  const problems = await testProblems(test, lookUp);
  if (problems.length > 0) throw new InvalidRunbook(problems);
  return test;
}

function read(file: string): ReturnType<typeof loadOther<typeof testFileSchema>> {
  try {
    return loadOther(file, {noun: 'test file', schema: testFileSchema});
  } catch (error) {
    const {code} = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new UsageError(code === 'ENOENT' ? `there is no file ${file}` : `${file} cannot be read: ${code}`);
  }
}

function runbookOf(file: string, {runbook}: TestFile, places: Places): LoadedRunbook {
  const isFile = /[/\\]|\.ya?ml$/.test(runbook);
  try {
    return findRunbook(isFile ? resolve(dirname(file), runbook) : runbook);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new InvalidRunbook([places.atPath(['runbook'], error.message)]);
  }
}
