import {createHash} from 'node:crypto';
import {readFileSync, statSync} from 'node:fs';
import {z} from 'zod';
import {closestName} from './closest-name.ts';
import {maxFileBytes, parseYaml} from './parse-yaml.ts';
import type {Positions} from './positions.ts';
import {InvalidRunbook, type Problem} from './problem.ts';
import {runbookSchema, type Runbook} from './schema.ts';
import {structureProblems} from './structure.ts';

/** A runbook file, read and found to be well-formed. */
export interface LoadedRunbook {
  readonly file: string;
  readonly text: string;
  /** SHA-256 of the text, in hex: a resumed run must find the same. */
  readonly sha256: string;
  readonly runbook: Runbook;
  readonly positions: Positions;
}

/** Reads a runbook file. Throws {@link InvalidRunbook} with every problem found, or the file system's error. */
export function loadRunbook(file: string): LoadedRunbook {
  const {size} = statSync(file);
  if (size > maxFileBytes) {
    const message = `a runbook may have ${maxFileBytes / 1024} KiB`;
    throw new InvalidRunbook([{file, line: 1, column: 1, message, source: ''}]);
  }
  return parseRunbook(file, readFileSync(file, 'utf8'));
}

/** Reads a runbook's text; `file` is only a name for messages. Throws {@link InvalidRunbook}. */
export function parseRunbook(file: string, text: string): LoadedRunbook {
  const {value, positions} = parseYaml(file, text);
  const result = runbookSchema.safeParse(value);
  if (!result.success) {
    throw new InvalidRunbook(result.error.issues.flatMap((issue) => schemaProblems(issue, positions)));
  }
  const problems = structureProblems(result.data, positions);
  if (problems.length > 0) throw new InvalidRunbook(problems);
  const sha256 = createHash('sha256').update(text).digest('hex');
  return {file, text, sha256, runbook: result.data, positions};
}

type Issue = z.core.$ZodIssue;

function schemaProblems(issue: Issue, positions: Positions): readonly Problem[] {
  if (issue.code === 'unrecognized_keys') {
    const known = knownMembers(issue.path);
    return issue.keys.map((key) =>
      positions.atKey([...issue.path, key], `${key} is not known here`, closestName(key, known)),
    );
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    // The branch that got furthest says best what is wrong.
    const branches = issue.errors.map((errors) => errors.filter(({code}) => code !== 'invalid_type'));
    const best = branches.filter(({length}) => length > 0).sort((a, b) => a.length - b.length)[0];
    if (best !== undefined) {
      return best.flatMap((inner) =>
        schemaProblems({...inner, path: [...issue.path, ...inner.path]} as Issue, positions),
      );
    }
  }
  return [positions.atPath(issue.path, issue.message.replace(/^Invalid input: /, ''))];
}

/** The member names that the schema allows at a path. */
function knownMembers(path: readonly PropertyKey[]): readonly string[] {
  let schema: unknown = z.toJSONSchema(runbookSchema, {io: 'input', unrepresentable: 'any'});
  for (const part of path) {
    const at = schema as {
      properties?: Record<string, unknown>;
      items?: unknown;
      additionalProperties?: unknown;
    };
    schema = typeof part === 'number' ? at.items : (at.properties?.[String(part)] ?? at.additionalProperties);
  }
  const found = schema as {
    properties?: object;
    oneOf?: {properties?: object}[];
    anyOf?: {properties?: object}[];
  };
  const variants = [found, ...(found?.oneOf ?? []), ...(found?.anyOf ?? [])];
  return variants.flatMap((variant) => Object.keys(variant?.properties ?? {}));
}
