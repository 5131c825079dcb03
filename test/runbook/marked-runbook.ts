import {lookUp} from '../../source/aws/catalogue/operation-models.ts';
import {checkRunbook} from '../../source/runbook/check/check.ts';
import type {ReadIncluded} from '../../source/runbook/load/include.ts';
import {parseRunbook} from '../../source/runbook/load/load.ts';
import {InvalidRunbook, type Problem} from '../../source/runbook/load/problem.ts';

/** Stands in a runbook's text right before the place where a problem is expected. */
const marker = '»';

export interface Found {
  readonly problems: readonly Problem[];
  /** `line:column` of the marker. */
  readonly marked: string;
}

/** What the checker finds in a runbook's text, with the place of its marker. */
export async function check(markedText: string, readIncluded?: ReadIncluded): Promise<Found> {
  const offset = markedText.indexOf(marker);
  const before = markedText.slice(0, Math.max(0, offset)).split('\n');
  const marked = `${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
  return {problems: await problemsIn(markedText.replace(marker, ''), readIncluded), marked};
}

/** Every problem of a runbook's text. */
export async function problemsIn(text: string, readIncluded?: ReadIncluded): Promise<readonly Problem[]> {
  try {
    return (await checkRunbook(parseRunbook('test.yaml', text, readIncluded), lookUp)).problems;
  } catch (error) {
    if (error instanceof InvalidRunbook) return error.problems;
    throw error;
  }
}

/** A runbook with these steps. */
export function withSteps(steps: string, head = ''): string {
  return `handrail: 1\nname: test\ntitle: Test\n${head}steps:\n${steps}`;
}
