import type {Path, Places} from './source-positions.ts';

/** Place where a step was written. */
export interface StepOrigin {
  /** Places of the file that it stands in. */
  readonly places: Places;
  /** Of the step in that file. */
  readonly path: Path;
  /** Of the entry of its group, in the runbook. */
  readonly group?: Path;
}

/** Places of a value below a path of another. */
export function within(places: Places, base: Path): Places {
  return located((path) => ({places, path: [...base, ...path]}));
}

/** Places of a runbook whose steps were brought together: a path into a step leads to the entry that was written. */
export function placesOf(main: Places, origins: readonly StepOrigin[]): Places {
  return located((path) => {
    const [steps, index, member, ...below] = path;
    const origin = steps === 'steps' && typeof index === 'number' ? origins[index] : undefined;
    if (origin === undefined) return {places: main, path};
    if (member === 'group' && origin.group !== undefined) {
      return {places: main, path: [...origin.group, ...(below[0] === 'title' ? ['group'] : below)]};
    }
    return {places: origin.places, path: [...origin.path, ...path.slice(2)]};
  });
}

function located(locate: (path: Path) => {readonly places: Places; readonly path: Path}): Places {
  return {
    atPath: (path, ...rest) => locate(path).places.atPath(locate(path).path, ...rest),
    atKey: (path, ...rest) => locate(path).places.atKey(locate(path).path, ...rest),
    atText: (path, ...rest) => locate(path).places.atText(locate(path).path, ...rest),
  };
}
