import {z} from 'zod';
import {isObject} from '../../data/json.ts';
import {closestName} from '../../text/closest-name.ts';
import type {Path, Places} from './source-positions.ts';
import type {Problem} from './problem.ts';
import {issueInWords, kindWords, valueAt} from './issue-words.ts';

type Issue = z.core.$ZodIssue;

/** Largest number of unknown keys reported for one object. */
const maxKeys = 20;

/** Problems that a schema found in a value, with their places. */
export function schemaProblems(
  issue: Issue,
  value: unknown,
  places: Places,
  schema: z.ZodType,
): readonly Problem[] {
  if (issue.code === 'unrecognized_keys') {
    const known = knownMembers(schema, issue.path);
    return issue.keys
      .slice(0, maxKeys)
      .map((key) => places.atKey([...issue.path, key], unknownKey(key), meantBy(key, known)));
  }
  if (issue.code === 'invalid_key') {
    const reason = issue.issues[0]?.message ?? 'it cannot be used';
    return [places.atKey(issue.path, `${String(issue.path.at(-1))} is no name for this: ${reason}`)];
  }
  const missing = missingMember(issue.path, value);
  if (missing !== undefined) return [places.atPath(issue.path.slice(0, -1), `${missing} is missing`)];
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    // The branch that got furthest explains the problem best.
    const branches = issue.errors.map((errors) =>
      errors.filter(({code, path}) => code !== 'invalid_type' || path.length > 0),
    );
    const best = branches.filter(({length}) => length > 0).sort((a, b) => a.length - b.length)[0];
    if (best !== undefined) {
      return best.flatMap((inner) =>
        schemaProblems({...inner, path: [...issue.path, ...inner.path]} as Issue, value, places, schema),
      );
    }
    const expected = issue.errors
      .flat()
      .flatMap((one) => (one.code === 'invalid_type' ? [one.expected] : []));
    const names = knownMembers(schema, issue.path);
    return [places.atPath(issue.path, kindWords(expected, valueAt(value, issue.path), names))];
  }
  return [issueInWords(issue, value, places)];
}

/** Other tools' words for members that a runbook names differently. */
const elsewhere: Readonly<Record<string, string>> = {
  if: 'when',
  condition: 'when',
  uses: 'call',
  run: 'call',
  action: 'call',
  operation: 'call',
  params: 'with',
  parameters: 'with',
  env: 'inputs',
  vars: 'inputs',
  loop: 'forEach',
  for_each: 'forEach',
  onError: 'catch',
  retries: 'retry',
  timeout: 'timeoutSeconds',
  sleep: 'pause',
  delay: 'pause',
  wait: 'waitUntil',
};

function meantBy(key: string, known: readonly string[]): string | undefined {
  const other = Object.hasOwn(elsewhere, key) ? elsewhere[key] : undefined;
  return other !== undefined && known.includes(other) ? other : closestName(key, known);
}

function unknownKey(key: string): string {
  return /^[\w-]+:./.test(key) ? `${key}: write a space after the colon` : `${key} is not known here`;
}

/** The last name of a path, when the object that should have it does not. */
function missingMember(path: Path, value: unknown): string | undefined {
  const name = path.at(-1);
  let holder = value;
  for (const part of path.slice(0, -1)) {
    if (typeof holder !== 'object' || holder === null || !Object.hasOwn(holder, part)) return undefined;
    holder = (holder as Record<PropertyKey, unknown>)[part];
  }
  return isObject(holder) && typeof name === 'string' && !Object.hasOwn(holder, name) ? name : undefined;
}

/** The member names that a schema allows at a path. */
function knownMembers(whole: z.ZodType, path: Path): readonly string[] {
  let schema: unknown = z.toJSONSchema(whole, {io: 'input', unrepresentable: 'any'});
  for (const part of path) {
    const variants = variantsOf(schema);
    const found = variants.map((at) =>
      typeof part === 'number' ? at.items : (at.properties?.[String(part)] ?? at.additionalProperties),
    );
    schema = {anyOf: found.filter((one) => typeof one === 'object')};
  }
  return variantsOf(schema).flatMap((variant) => Object.keys(variant.properties ?? {}));
}

interface Variant {
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly items?: unknown;
  readonly additionalProperties?: unknown;
}

function variantsOf(schema: unknown): readonly Variant[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const {anyOf = [], oneOf = []} = schema as {anyOf?: readonly unknown[]; oneOf?: readonly unknown[]};
  return [schema as Variant, ...[...anyOf, ...oneOf].flatMap(variantsOf)];
}
