import {createHash} from 'node:crypto';
import {dirname, join} from 'node:path';
import {includeSchema, parametersSchema, type Parameters} from '../language/schema.ts';
import {parseYaml} from './parse-yaml.ts';
import {InvalidRunbook} from './problem.ts';
import {schemaProblems} from './schema-problems.ts';
import {parameterValues} from './shared-steps/parameters.ts';
import {prefixed, rewrittenSteps} from './shared-steps/rewritten-steps.ts';
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

/** The steps of an included file, with the ids and the values that its `include` gives. */
interface IncludedList {
  readonly file: IncludedFile;
  readonly steps: readonly unknown[];
  readonly places: Places;
  /** The name that goes before their ids. */
  readonly as: string | undefined;
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
  const {include: name, as, with: given = {}, sha256} = result.data;
  const text = readText(() => readIncluded(name), name, positions, [...at, 'include']);
  if (sha256 !== undefined) refuseOther(name, text, sha256, positions, [...at, 'sha256']);
  const {value, positions: places} = parseYaml(join(dirname(file), name), text);
  const {steps, parameters} = listIn(value, places);
  const ids = steps.flatMap((step) => (hasMember(step, 'id') ? [String((step as {id: unknown}).id)] : []));
  const replacements = {
    steps: new Map(as === undefined ? [] : ids.map((id) => [id, prefixed(as, id)] as const)),
    parameters: parameterValues(name, parameters, {values: given, at, places: positions}),
  };
  return {file: {name, text}, as, ...rewrittenSteps(steps, places, replacements)};
}

/** Refuses a file that is not the one whose hash was written down. Throws {@link InvalidRunbook}. */
function refuseOther(name: string, text: string, sha256: string, positions: Places, path: Path): void {
  const found = createHash('sha256').update(text).digest('hex');
  if (found === sha256) return;
  const message = `${name} is another file than the one with this hash: look at what has changed, then write ${found}`;
  throw new InvalidRunbook([positions.atPath(path, message)], 'include');
}

/** The content of a file of shared steps. Throws {@link InvalidRunbook}. */
export function listIn(
  value: unknown,
  places: Places,
): {readonly steps: readonly unknown[]; readonly parameters: Parameters} {
  const steps = stepsOf(value);
  const {
    handrail,
    steps: _,
    parameters = {},
    ...rest
  } = (typeof value === 'object' ? value : {}) as {[key: string]: unknown};
  const extra = Object.keys(rest)[0];
  if (extra !== undefined) {
    const message = `a file of shared steps has \`handrail\`, \`steps\` and perhaps \`parameters\`, not ${extra}`;
    throw new InvalidRunbook([places.atKey([extra], message)], 'include');
  }
  if (handrail !== 1 || steps === undefined) {
    throw new InvalidRunbook([
      places.atPath(['handrail'], 'a file of shared steps has `handrail: 1` and `steps`'),
    ]);
  }
  refuseNested(steps, places);
  const declared = parametersSchema.safeParse(parameters);
  if (declared.success) return {steps, parameters: declared.data};
  const below = within(places, ['parameters']);
  throw new InvalidRunbook(
    declared.error.issues.flatMap((issue) => schemaProblems(issue, parameters, below, parametersSchema)),
    'schema',
  );
}

function refuseNested(steps: readonly unknown[], places: Places): void {
  for (const [index, step] of steps.entries()) {
    const word = ['include', 'group'].find((member) => hasMember(step, member));
    if (word === undefined) continue;
    const message =
      word === 'include'
        ? 'an included file includes nothing itself, so that a runbook reads from top to bottom'
        : 'an included file has no groups: put its `include` into a group of the runbook';
    throw new InvalidRunbook([places.atKey(['steps', index, word], message)], 'include');
  }
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
