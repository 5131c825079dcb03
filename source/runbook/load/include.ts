import {join, dirname} from 'node:path';
import {parseYaml, type ParsedYaml} from './parse-yaml.ts';
import type {Path, Places} from './source-positions.ts';
import {InvalidRunbook, type Problem} from './problem.ts';
import {schemaProblems} from './schema-problems.ts';
import {includeSchema} from '../language/schema.ts';

/** A file of shared steps. */
export interface IncludedFile {
  /** As the runbook names it, from the runbook's folder. */
  readonly name: string;
  readonly text: string;
}

export interface WithIncludes {
  /** The runbook's value, each `include` replaced by the steps it stands for. */
  readonly value: unknown;
  readonly places: Places;
  readonly included: readonly IncludedFile[];
}

/** Most files that a runbook may include. */
const maxIncluded = 20;

/** Place where a step was written. */
interface Origin {
  readonly places: Places;
  readonly index: number;
}

/**
 * Inserts the steps of included files. An included file is a list of steps and includes nothing, so a runbook reads
 * from top to bottom, one level deep. Throws {@link InvalidRunbook}, also for problems in an included file: they name
 * that file.
 */
export function withIncludes(
  file: string,
  parsed: ParsedYaml,
  readIncluded: (name: string) => string,
): WithIncludes {
  const {value, positions} = parsed;
  const entries = stepsOf(value);
  if (entries === undefined || !entries.some(isInclude)) return {value, places: positions, included: []};
  const included: IncludedFile[] = [];
  const steps: unknown[] = [];
  const origins: Origin[] = [];
  const problems: Problem[] = [];
  for (const [index, entry] of entries.entries()) {
    if (!isInclude(entry)) {
      steps.push(entry);
      origins.push({places: positions, index});
      continue;
    }
    try {
      const list = includedList(file, entry, index, positions, readIncluded);
      if (!included.some(({name}) => name === list.file.name)) included.push(list.file);
      if (included.length > maxIncluded) {
        const message = `a runbook may include ${maxIncluded} files`;
        throw new InvalidRunbook([positions.atPath(['steps', index], message)], 'include');
      }
      steps.push(...list.steps);
      origins.push(...list.steps.map((_, at) => ({places: list.places, index: at})));
    } catch (error) {
      if (!(error instanceof InvalidRunbook)) throw error;
      problems.push(...error.problems);
    }
  }
  if (problems.length > 0) throw new InvalidRunbook(problems, 'include');
  return {
    value: {...(value as object), steps},
    places: placesOf(positions, origins),
    included,
  };
}

function includedList(
  file: string,
  entry: object,
  index: number,
  positions: Places,
  readIncluded: (name: string) => string,
): {readonly file: IncludedFile; readonly steps: readonly unknown[]; readonly places: Places} {
  const result = includeSchema.safeParse(entry);
  const at = ['steps', index];
  if (!result.success) {
    const below = within(positions, at);
    throw new InvalidRunbook(
      result.error.issues.flatMap((issue) => schemaProblems(issue, entry, below)),
      'schema',
    );
  }
  const name = result.data.include;
  const path = join(dirname(file), name);
  const text = readText(() => readIncluded(name), name, positions, [...at, 'include']);
  const {value, positions: places} = parseYaml(path, text);
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
  const nested = steps.findIndex(isInclude);
  if (nested >= 0) {
    const message = 'an included file includes nothing itself, so that a runbook reads from top to bottom';
    throw new InvalidRunbook([places.atKey(['steps', nested, 'include'], message)], 'include');
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

function stepsOf(value: unknown): readonly unknown[] | undefined {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, 'steps')) return undefined;
  const {steps} = value as {readonly steps: unknown};
  return Array.isArray(steps) ? steps : undefined;
}

function isInclude(entry: unknown): entry is object {
  return typeof entry === 'object' && entry !== null && Object.hasOwn(entry, 'include');
}

/** Places of a value below a path of another. */
function within(places: Places, base: Path): Places {
  return {
    atPath: (path, ...rest) => places.atPath([...base, ...path], ...rest),
    atKey: (path, ...rest) => places.atKey([...base, ...path], ...rest),
    atText: (path, ...rest) => places.atText([...base, ...path], ...rest),
  };
}

/** Places of the whole: a path into a step leads to the file and entry that the step was written in. */
function placesOf(main: Places, origins: readonly Origin[]): Places {
  const locate = (path: Path): {readonly places: Places; readonly path: Path} => {
    const origin = path[0] === 'steps' && typeof path[1] === 'number' ? origins[path[1]] : undefined;
    if (origin === undefined) return {places: main, path};
    return {places: origin.places, path: ['steps', origin.index, ...path.slice(2)]};
  };
  return {
    atPath: (path, ...rest) => locate(path).places.atPath(locate(path).path, ...rest),
    atKey: (path, ...rest) => locate(path).places.atKey(locate(path).path, ...rest),
    atText: (path, ...rest) => locate(path).places.atText(locate(path).path, ...rest),
  };
}
