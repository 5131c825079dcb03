import {lookUp, modelsFor} from '../../aws/catalogue/operation-models.ts';
import {UsageError} from '../../cli/usage-error.ts';
import {loadOther} from '../../runbook/load/load-other.ts';
import type {LoadedRunbook} from '../../runbook/load/load.ts';
import {InvalidRunbook} from '../../runbook/load/problem.ts';
import {answersProblems} from '../tests/test-problems.ts';
import {rehearsalSchema, type Rehearsal} from './language.ts';

/** The scenario of a rehearsal that has no file: every answer is an empty one. */
export const emptyRehearsal: Rehearsal = rehearsalSchema.parse({handrail: 1});

/** Reads a scenario and holds it against the runbook and AWS's models. Throws {@link InvalidRunbook} or UsageError. */
export async function loadRehearsal(file: string, runbook: LoadedRunbook): Promise<Rehearsal> {
  const {content, places} = read(file);
  const operations = await modelsFor(runbook);
  const problems = await answersProblems({test: {runbook, operations, places}, lookUp}, content.answers, [
    'answers',
  ]);
  const regions = Object.entries(content.answers).flatMap(([operation, entries]) =>
    entries.flatMap(({region}, at) =>
      region === undefined || content.regions.includes(region)
        ? []
        : [
            places.atPath(
              ['answers', operation, at, 'region'],
              `${region} is none of the Regions of the scenario: ${content.regions.join(', ')}`,
            ),
          ],
    ),
  );
  if (problems.length + regions.length > 0) throw new InvalidRunbook([...problems, ...regions]);
  return content;
}

function read(file: string): ReturnType<typeof loadOther<typeof rehearsalSchema>> {
  try {
    return loadOther(file, {noun: 'scenario', schema: rehearsalSchema});
  } catch (error) {
    const {code} = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new UsageError(code === 'ENOENT' ? `there is no file ${file}` : `${file} cannot be read: ${code}`);
  }
}
