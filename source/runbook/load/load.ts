import {dirname, join} from 'node:path';
import {defined} from '../../data/defined.ts';
import {bringTogether, type BroughtTogether} from './bring-together.ts';
import type {IncludedFile, ReadIncluded} from './include.ts';
import {parseYaml} from './parse-yaml.ts';
import {readText, strictText} from './read-text.ts';
import type {Places} from './source-positions.ts';
import {InvalidRunbook} from './problem.ts';
import {schemaProblems} from './schema-problems.ts';
import {runbookFrom, runbookSchema, type Runbook} from '../language/schema.ts';
import {structureProblems} from './structure-problems.ts';
import type {FromRunbook} from './shared-steps/from-runbook.ts';
import {textHash} from './text-hash.ts';

/** A runbook that can be run once AWS's models of its operations are there. */
export interface ReadyRunbook {
  readonly file: string;
  readonly text: string;
  /** The files whose steps it includes, in order. */
  readonly included: readonly IncludedFile[];
  /** SHA-256, in hex, of the text and of its included files. A resumed run must have the same. */
  readonly sha256: string;
  /** The runbook, the steps of its groups and includes in their places. */
  readonly runbook: Runbook;
  /** Places of each part, for problems that a check finds. Absent when the check ran at build time. */
  readonly places?: Places;
  /** A run of it has begun: it was checked then, by the rules that there were. */
  readonly begun?: true;
}

/** A runbook file, read and found to be well-formed. */
export interface LoadedRunbook extends ReadyRunbook {
  readonly places: Places;
  /** It is a file of shared steps, read by itself: it can be checked, and not run. */
  readonly shared?: FromRunbook;
}

/** Reads a text; `file` is only a name for messages. Throws {@link InvalidRunbook}. */
export type Parse = (file: string, text: string, readIncluded: ReadIncluded) => LoadedRunbook;

/** Reads a runbook file. Throws {@link InvalidRunbook} with every problem found, or the file system's error. */
export function loadRunbook(file: string, parse: Parse = parseRunbook): LoadedRunbook {
  return parse(file, readText(file), (name) => readText(join(dirname(file), name)));
}

/** Reads a file's text as an editor has it, as strictly as the file. Throws {@link InvalidRunbook}. */
export function loadText(file: string, text: string, parse: Parse): LoadedRunbook {
  const strict = strictText(file, Buffer.from(text));
  return parse(file, strict, (name) => readText(join(dirname(file), name)));
}

/**
 * Reads a runbook's bytes that came from no file; `name` is for messages. Its includes are in the current folder.
 * Throws {@link InvalidRunbook}.
 */
export function loadBytes(name: string, bytes: Uint8Array, parse: Parse): LoadedRunbook {
  return parse(name, strictText(name, bytes), (included) => readText(included));
}

/** The texts that a journal keeps, as the files they were. */
export function includedFrom(files: readonly IncludedFile[]): ReadIncluded {
  return (name) => {
    const found = files.find((file) => file.name === name);
    if (found === undefined) throw new Error('it is not among the files that were kept');
    return found.text;
  };
}

/** Reads a runbook's text; `file` is only a name for messages. Throws {@link InvalidRunbook}. */
export function parseRunbook(
  file: string,
  text: string,
  readIncluded: ReadIncluded = includedFrom([]),
): LoadedRunbook {
  return readTogether(file, text, bringTogether(file, parseYaml(file, text), readIncluded));
}

/** Reads a runbook whose steps are in their places. `shared`: the names that it may take from another. */
export function readTogether(
  file: string,
  text: string,
  {value, places, included}: BroughtTogether,
  shared?: FromRunbook,
): LoadedRunbook {
  const result = runbookSchema.safeParse(value);
  if (!result.success) {
    throw new InvalidRunbook(
      result.error.issues.flatMap((issue) => schemaProblems(issue, value, places, runbookSchema)),
      'schema',
    );
  }
  const problems = structureProblems(result.data, places, shared?.steps);
  if (problems.length > 0) throw new InvalidRunbook(problems, 'structure');
  const sha256 = textHash(text, included);
  return {file, text, included, sha256, runbook: runbookFrom(result.data), places, ...defined({shared})};
}
