import type {z} from 'zod';
import {closestName} from '../../text/closest-name.ts';
import type {Path, Places} from './source-positions.ts';
import type {Problem} from './problem.ts';

type Issue = z.core.$ZodIssue;

const kinds: Readonly<Record<string, string>> = {
  object: 'names and values below each other, such as `title: …`',
  record: 'names and values below each other, such as `title: …`',
  array: 'a list, each entry after a `- `',
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
};

/** One problem that the schema found, in words for authors of runbooks. */
export function issueInWords(issue: Issue, value: unknown, places: Places): Problem {
  const found = valueAt(value, issue.path);
  if (issue.code === 'invalid_value' && issue.path.join('.') === 'handrail') {
    return places.atPath(issue.path, versionWords(found));
  }
  if (issue.code === 'invalid_value') return oneOf(issue.values, found, issue.path, places);
  if (issue.code === 'invalid_union' && 'options' in issue && Array.isArray(issue.options)) {
    return oneOf(issue.options as readonly unknown[], found, issue.path, places);
  }
  return places.atPath(issue.path, wordsFor(issue, found));
}

function wordsFor(issue: Issue, found: unknown): string {
  switch (issue.code) {
    case 'invalid_type':
      return typeWords(issue.expected, found, issue.path);
    case 'too_small':
      return issue.origin === 'number' || issue.origin === 'int'
        ? `a number of at least ${issue.minimum} is needed here`
        : 'this must not be empty';
    case 'too_big':
      if (issue.origin === 'number' || issue.origin === 'int')
        return `a number of at most ${issue.maximum} is needed here`;
      return issue.origin === 'string'
        ? `this text may have ${issue.maximum} characters`
        : `there may be ${issue.maximum} of these`;
    case 'invalid_format':
      return issue.format === 'url'
        ? 'write a whole address, such as https://example.com/page'
        : issue.message;
    default:
      return issue.code === 'custom' ? issue.message : 'this does not belong here';
  }
}

function typeWords(expected: string, found: unknown, path: Path): string {
  const wanted = kinds[expected] ?? expected;
  if (typeof found === 'string' && /^[\w-]+:\S/.test(found)) return 'write a space after the colon';
  if (path.length === 0)
    return 'this is no runbook: a runbook begins with `handrail: 1`, then its name and steps';
  if (found === null || found === undefined) return `there is nothing after this: write ${wanted}`;
  if (expected === 'string')
    return `put this in quotes: it is to be a text, and YAML takes it for ${kindOf(found)}`;
  return `this is ${kindOf(found)}: write ${wanted}`;
}

/** Says which of several kinds of value is needed, none of which is there. `names` are those that an object may have. */
export function kindWords(expected: readonly string[], found: unknown, names: readonly string[]): string {
  if (typeof found === 'number' && !Number.isFinite(found))
    return 'this is a number that nobody can work with';
  const wanted = new Set(expected);
  // A text beside a number is the expression that gives one.
  const isExpression = wanted.has('string') && (wanted.has('number') || wanted.has('int'));
  const choices = [...wanted].map((kind) => {
    if (kind === 'string' && isExpression) return 'one expression, ${{ … }}';
    if (kind === 'object' && names.length > 0) return `names and values, such as \`${names[0]}: …\``;
    return kinds[kind] ?? kind;
  });
  const there =
    found === null || found === undefined ? 'there is nothing after this' : `this is ${kindOf(found)}`;
  return `${there}: write ${choices.join(' or ')}`;
}

function kindOf(found: unknown): string {
  if (Array.isArray(found)) return 'a list';
  if (typeof found === 'object') return 'names and values';
  if (typeof found === 'boolean') return 'true or false';
  return typeof found === 'number' ? 'a number' : 'a text';
}

function versionWords(found: unknown): string {
  if (found === '1') return 'write `handrail: 1` without quotes';
  return typeof found === 'number' && found > 1
    ? `this runbook is of version ${found} of the language, and this Handrail reads version 1: use a newer Handrail`
    : 'write `handrail: 1`: the version of the language';
}

function oneOf(values: readonly unknown[], found: unknown, path: Path, places: Places): Problem {
  const known = values.map(String);
  const message = known.length === 1 ? `write ${known[0]} here` : `write one of ${known.join(', ')} here`;
  return places.atPath(path, message, typeof found === 'string' ? closestName(found, known) : undefined);
}

/** The value at a path. */
export function valueAt(value: unknown, path: Path): unknown {
  let at = value;
  for (const part of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, part)) return undefined;
    at = (at as Record<PropertyKey, unknown>)[part];
  }
  return at;
}
