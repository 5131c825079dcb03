import {defined} from '../../data/defined.ts';
import {isObject} from '../../data/json.ts';
import {groupOfAny} from '../language/schema.ts';
import {hasMember, includedList, stepsOf, type IncludedFile, type ReadIncluded} from './include.ts';
import type {ParsedYaml} from './parse-yaml.ts';
import {InvalidRunbook, type Problem} from './problem.ts';
import {schemaProblems} from './schema-problems.ts';
import type {Path, Places} from './source-positions.ts';
import {placesOf, within, type StepOrigin} from './step-places.ts';

export interface BroughtTogether {
  /** The runbook's value: one list of steps, those of each `include` and `group` in its place. */
  readonly value: unknown;
  readonly places: Places;
  readonly included: readonly IncludedFile[];
}

/** Most files that a runbook may include. */
const maxIncluded = 20;

/** The group that entries stand in, and its place. */
interface Group {
  readonly title: string;
  readonly when?: string;
  readonly path: Path;
}

/**
 * Brings the steps of a runbook's groups and included files into one list. Throws {@link InvalidRunbook}, also for
 * problems in an included file: they name that file.
 */
export function bringTogether(
  file: string,
  {value, positions}: ParsedYaml,
  readIncluded: ReadIncluded,
): BroughtTogether {
  const entries = stepsOf(value);
  if (entries === undefined) return {value, places: positions, included: []};
  const included = new Map<string, IncludedFile>();
  const steps: unknown[] = [];
  const origins: StepOrigin[] = [];
  const problems: Problem[] = [];
  const titles = new Set<string>();
  const uses = new Set<string>();

  const add = (step: unknown, origin: StepOrigin, group: Group | undefined): void => {
    const of = group === undefined ? {} : {group: defined({title: group.title, when: group.when})};
    steps.push(isObject(step) ? {...(step as object), ...of} : step);
    origins.push({...origin, ...defined({group: group?.path})});
  };
  const addEntry = (entry: unknown, path: Path, group: Group | undefined): void => {
    if (hasMember(entry, 'group')) {
      if (group === undefined) return addGroup(entry, path);
      const message = `a group holds steps, and no other group: it stands in “${group.title}”`;
      throw new InvalidRunbook([positions.atKey([...path, 'group'], message)], 'structure');
    }
    if (!hasMember(entry, 'include')) return add(entry, {places: positions, path}, group);
    const list = includedList(file, entry, path, positions, readIncluded);
    const use = `${list.file.name} ${list.as ?? ''}`;
    if (uses.has(use)) {
      const message = `${list.file.name} is included already: with \`as: again\`, its steps get ids that begin with again`;
      throw new InvalidRunbook([positions.atKey([...path, 'include'], message)], 'include');
    }
    uses.add(use);
    included.set(list.file.name, list.file);
    if (included.size > maxIncluded) {
      const message = `a runbook may include ${maxIncluded} files`;
      throw new InvalidRunbook([positions.atPath(path, message)], 'include');
    }
    for (const [at, step] of list.steps.entries()) {
      add(step, {places: list.places, path: ['steps', at]}, group);
    }
  };
  const addAll = (list: readonly unknown[], base: Path, group?: Group): void => {
    for (const [index, entry] of list.entries()) {
      try {
        addEntry(entry, [...base, index], group);
      } catch (error) {
        if (!(error instanceof InvalidRunbook)) throw error;
        problems.push(...error.problems);
      }
    }
  };
  const addGroup = (entry: object, path: Path): void => {
    const {steps: inside, ...group} = groupFrom(entry, path, positions);
    if (titles.has(group.title)) {
      const message = `there is a group “${group.title}” already: give this one another name`;
      throw new InvalidRunbook([positions.atPath([...path, 'group'], message)], 'structure');
    }
    titles.add(group.title);
    addAll(inside, [...path, 'steps'], group);
  };

  addAll(entries, ['steps']);
  if (problems.length > 0) throw new InvalidRunbook(problems, 'include');
  return {
    value: {...(value as object), steps},
    places: placesOf(positions, origins),
    included: [...included.values()],
  };
}

function groupFrom(
  entry: object,
  path: Path,
  positions: Places,
): Group & {readonly steps: readonly unknown[]} {
  const {group} = entry as {readonly group: unknown};
  if (isObject(group)) {
    const message = 'write `group: Its name`, and below it, on the same level, `steps` and perhaps `when`';
    throw new InvalidRunbook([positions.atPath([...path, 'group'], message)], 'schema');
  }
  const result = groupOfAny.safeParse(entry);
  if (result.success) {
    const {group: title, when, steps} = result.data;
    return {title, steps, path, ...defined({when})};
  }
  const below = within(positions, path);
  throw new InvalidRunbook(
    result.error.issues.flatMap((issue) => schemaProblems(issue, entry, below, groupOfAny)),
    'schema',
  );
}
