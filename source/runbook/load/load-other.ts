import type {z} from 'zod';
import {isObject} from '../../data/json.ts';
import {parseYaml} from './parse-yaml.ts';
import {InvalidRunbook, type Problem} from './problem.ts';
import {readText} from './read-text.ts';
import {schemaProblems} from './schema-problems.ts';
import type {Places} from './source-positions.ts';

/** A kind of file that stands beside runbooks. */
export interface OtherKind<S extends z.ZodType> {
  /** Its name in messages: `test file`. */
  readonly noun: string;
  readonly schema: S;
}

/** A file's content, and the places of its parts. */
export interface OtherFile<T> {
  readonly text: string;
  readonly content: T;
  readonly places: Places;
}

/**
 * Reads a file that is no runbook by the rules of runbooks: strict YAML, known members, problems with their places.
 * Throws {@link InvalidRunbook}, or the file system's error.
 */
export function loadOther<S extends z.ZodType>(file: string, kind: OtherKind<S>): OtherFile<z.output<S>> {
  try {
    const text = readText(file);
    const {value, positions} = parseYaml(file, text);
    if (!isObject(value as never)) {
      throw new InvalidRunbook([
        positions.atPath([], 'this is a list or a text: names and values belong here'),
      ]);
    }
    const result = kind.schema.safeParse(value);
    if (result.success) return {text, content: result.data, places: positions};
    throw new InvalidRunbook(
      result.error.issues.flatMap((issue) => schemaProblems(issue, value, positions, kind.schema)),
      'schema',
    );
  } catch (error) {
    if (!(error instanceof InvalidRunbook)) throw error;
    throw new InvalidRunbook(error.problems.map((problem) => named(problem, kind.noun)));
  }
}

function named(problem: Problem, noun: string): Problem {
  return {...problem, message: problem.message.replaceAll(/\b(an?|one|this) runbook\b/g, `$1 ${noun}`)};
}

/** Returns the value of a file's text, read by the rules of runbooks. Throws {@link InvalidRunbook}. */
export function strictValue(file: string, text: string): unknown {
  return parseYaml(file, text).value;
}
