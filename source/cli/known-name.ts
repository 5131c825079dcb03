import {closestName} from '../text/closest-name.ts';
import {UsageError} from './usage-error.ts';

/** Says which of the known names may have been meant, or names them all. */
export function nameHint(given: string, known: readonly string[]): string {
  const meant = closestName(given, known);
  return meant === undefined ? `there are: ${known.join(', ')}` : `did you mean ${meant}?`;
}

/** The entry of a table of formats. Throws UsageError for a format that is not in it. */
export function formatIn<T>(formats: Readonly<Record<string, T>>, given: string): T {
  const found = Object.hasOwn(formats, given) ? formats[given] : undefined;
  if (found === undefined)
    throw new UsageError(`there is no format ${given}; ${nameHint(given, Object.keys(formats))}`);
  return found;
}
