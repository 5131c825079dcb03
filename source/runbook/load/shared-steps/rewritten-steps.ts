import {isObject, type Json} from '../../../data/json.ts';
import {ExpressionError} from '../../expression/parse.ts';
import {rewritten, type Replacements} from '../../expression/rewrite.ts';
import {partsOf} from '../../expression/template.ts';
import {InvalidRunbook, type Problem} from '../problem.ts';
import type {Path, Places} from '../source-positions.ts';

/** Shared steps as one `include` uses them. */
interface RewrittenSteps {
  readonly steps: readonly unknown[];
  readonly places: Places;
}

/** The id of a shared step, where its `include` puts a name before it: `again` and `builds` make `againBuilds`. */
export function prefixed(prefix: string, id: string): string {
  return prefix + id.charAt(0).toUpperCase() + id.slice(1);
}

/**
 * Puts other ids and the values of parameters into steps: where they are named, and in their expressions. Throws
 * {@link InvalidRunbook}.
 */
export function rewrittenSteps(
  steps: readonly unknown[],
  places: Places,
  replacements: Replacements,
): RewrittenSteps {
  const changed = new Set<string>();
  const problems: Problem[] = [];
  const visit = (value: Json, path: Path, holder: Json): Json => {
    if (typeof value === 'string') {
      try {
        const text = textOf(value, path, holder, replacements);
        if (text !== value) changed.add(JSON.stringify(path));
        return text;
      } catch (error) {
        if (!(error instanceof ExpressionError)) throw error;
        problems.push(places.atPath(path, error.message));
        return value;
      }
    }
    if (Array.isArray(value)) return value.map((one: Json, at) => visit(one, [...path, at], value));
    if (!isObject(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, one]) => [name, visit(one, [...path, name], value)]),
    );
  };
  const result = steps.map((step, at) => visit(step as Json, ['steps', at], null));
  if (problems.length > 0) throw new InvalidRunbook(problems, 'include');
  return {steps: result, places: blunt(places, changed)};
}

function textOf(text: string, path: Path, holder: Json, replacements: Replacements): string {
  if (namesStep(path)) return replacements.steps.get(text) ?? text;
  // An acceptor's path is an expression without its marks.
  if (path.at(-1) === 'path' && isObject(holder) && Object.hasOwn(holder, 'comparator')) {
    return rewritten(text, replacements);
  }
  if (!text.includes('${{')) return text;
  let result = '';
  let copied = 0;
  for (const part of cut(text)) {
    if (!('expression' in part)) continue;
    result += text.slice(copied, part.offset) + rewritten(part.expression, replacements);
    copied = part.offset + part.expression.length;
  }
  return result + text.slice(copied);
}

/** Loading reports a text that cannot be cut. */
function cut(text: string): ReturnType<typeof partsOf> {
  try {
    return partsOf(text);
  } catch (error) {
    if (error instanceof ExpressionError) return [];
    throw error;
  }
}

/** Returns true for the places of a step list that hold a step's id. */
function namesStep([, , ...within]: Path): boolean {
  const [first, second, third] = within;
  if (within.length === 1) return first === 'id';
  if (first === 'outcome') return second === 'step';
  return first === 'catch' && (third === 'next' || third === 'waitBefore');
}

/** Places of texts that were changed: a position within them is not one of the file's. */
function blunt(places: Places, changed: ReadonlySet<string>): Places {
  return {
    atPath: (...at) => places.atPath(...at),
    atKey: (...at) => places.atKey(...at),
    atText: (path, offset, message, suggestion) =>
      changed.has(JSON.stringify(path))
        ? places.atPath(path, message, suggestion)
        : places.atText(path, offset, message, suggestion),
  };
}
