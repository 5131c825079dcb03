import {dirname, join} from 'node:path';
import {includeSchema} from '../language/schema.ts';
import {parseYaml} from './parse-yaml.ts';
import {InvalidRunbook} from './problem.ts';
import {schemaProblems} from './schema-problems.ts';
import type {Path, Places} from './source-positions.ts';
import {within} from './step-places.ts';

/** A file of shared steps. */
export interface IncludedFile {
  /** As the runbook names it, from the runbook's folder. */
  readonly name: string;
  readonly text: string;
}

/** Gives the text of an included file by its name. Throws a file system's error when there is none. */
export type ReadIncluded = (name: string) => string;

/** The steps of an included file, as they are written there. */
interface IncludedList {
  readonly file: IncludedFile;
  readonly steps: readonly unknown[];
  readonly places: Places;
}

/**
 * Reads the file that an `include` names. It is a list of steps without includes and groups, so that a runbook reads
 * from top to bottom. `file` is the runbook, `at` the entry's place in it. Throws {@link InvalidRunbook}.
 */
export function includedList(
  file: string,
  entry: object,
  at: Path,
  positions: Places,
  readIncluded: ReadIncluded,
): IncludedList {
  const result = includeSchema.safeParse(entry);
  if (!result.success) {
    const below = within(positions, at);
    throw new InvalidRunbook(
      result.error.issues.flatMap((issue) => schemaProblems(issue, entry, below, includeSchema)),
      'schema',
    );
  }
  const name = result.data.include;
  const text = readText(() => readIncluded(name), name, positions, [...at, 'include']);
  const {value, positions: places} = parseYaml(join(dirname(file), name), text);
  const steps = stepsOf(value);
  const {handrail, steps: _, ...rest} = (typeof value === 'object' ? value : {}) as {[key: string]: unknown};
  const extra = Object.keys(rest)[0];
  if (extra !== undefined) {
    const message = `a file of shared steps has \`handrail\` and \`steps\`, not ${extra}`;
    throw new InvalidRunbook([places.atKey([extra], message)], 'include');
  }
  if (handrail !== 1 || steps === undefined) {
    throw new InvalidRunbook([
      places.atPath(['handrail'], 'a file of shared steps has `handrail: 1` and `steps`'),
    ]);
  }
  for (const [index, step] of steps.entries()) {
    const word = ['include', 'group'].find((member) => hasMember(step, member));
    if (word === undefined) continue;
    const message =
      word === 'include'
        ? 'an included file includes nothing itself, so that a runbook reads from top to bottom'
        : 'an included file has no groups: put its `include` into a group of the runbook';
    throw new InvalidRunbook([places.atKey(['steps', index, word], message)], 'include');
  }
  return {file: {name, text}, steps, places};
}

function readText(read: () => string, name: string, positions: Places, path: Path): string {
  try {
    return read();
  } catch (error) {
    if (error instanceof InvalidRunbook) throw error;
    const code = (error as NodeJS.ErrnoException).code;
    const reason = code === 'ENOENT' ? 'there is no such file' : (code ?? (error as Error).message);
    throw new InvalidRunbook([positions.atPath(path, `${name} cannot be read: ${reason}`)], 'include');
  }
}

/** The entries of a value's `steps`; undefined where that is no list. */
export function stepsOf(value: unknown): readonly unknown[] | undefined {
  if (!hasMember(value, 'steps')) return undefined;
  const {steps} = value as {readonly steps: unknown};
  return Array.isArray(steps) ? steps : undefined;
}

/** Returns true if a value is an object with a member. */
export function hasMember(value: unknown, member: string): value is object {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, member);
}
