import type {Json} from '../../../data/json.ts';
import {closestName} from '../../../text/closest-name.ts';
import {ExpressionError} from '../../expression/parse.ts';
import {anywhere} from '../../expression/rewrite.ts';
import {expressionIn} from '../../expression/template.ts';
import type {Parameters} from '../../language/schema.ts';
import {InvalidRunbook, type Problem} from '../problem.ts';
import type {Path, Places} from '../source-positions.ts';

/** Values that an `include` gives, and where they stand. */
interface Given {
  readonly values: {readonly [name: string]: Json};
  /** Of the entry, in the runbook. */
  readonly at: Path;
  readonly places: Places;
}

/**
 * Returns the expression that stands for each parameter of a file of shared steps: what the `include` gives, else its
 * default. Throws {@link InvalidRunbook} where one is missing, not known, or no expression.
 */
export function parameterValues(
  file: string,
  declared: Parameters,
  {values, at, places}: Given,
): ReadonlyMap<string, string> {
  const problems: Problem[] = Object.keys(values)
    .filter((name) => !Object.hasOwn(declared, name))
    .map((name) => {
      const known = Object.keys(declared);
      const hint = known.length === 0 ? '; it has none' : `; it has ${known.join(', ')}`;
      const meant = closestName(name, known);
      const message = `${file} has no parameter ${name}${meant === undefined ? hint : ''}`;
      return places.atKey([...at, 'with', name], message, meant);
    });
  const found = new Map<string, string>();
  for (const [name, {default: fallback}] of Object.entries(declared)) {
    const value = Object.hasOwn(values, name) ? values[name] : fallback;
    if (value === undefined) {
      problems.push(places.atKey([...at, 'include'], `${file} needs ${name}: give it below \`with\``));
      continue;
    }
    try {
      found.set(name, expressionFor(value));
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      problems.push(places.atPath([...at, 'with', name], error.message));
    }
  }
  if (problems.length > 0) throw new InvalidRunbook(problems, 'include');
  return found;
}

/** An expression that gives a value, wherever it stands. Throws ExpressionError. */
function expressionFor(value: Json): string {
  if (typeof value !== 'string') {
    if (JSON.stringify(value).includes('${{')) {
      throw new ExpressionError('write one expression for the whole: ${{ {name: …} }} or ${{ […, …] }}');
    }
    return `\`${JSON.stringify(value).replaceAll('`', '\\`')}\``;
  }
  const only = expressionIn(value);
  if (only !== undefined) return `(${anywhere(only)})`;
  if (value.includes('${{')) {
    throw new ExpressionError('write one expression: join its parts within one ${{ }}, with join()');
  }
  return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
