import {closeSync, openSync, readdirSync, readSync, statSync} from 'node:fs';
import {join} from 'node:path';

/** Bytes at a file's start in which a runbook says that it is one. */
const head = 4096;

/** Returns true for the beginning of a file that is wanted. */
type Wanted = (text: string) => boolean;

/** A file of shared steps has no name, and a test file is none: both are read with the runbook that they belong to. */
const isRunbook: Wanted = (text) => /^handrail:/m.test(text) && /^name:/m.test(text);

/** A runbook, or a file of shared steps. */
const isChecked: Wanted = (text) =>
  isRunbook(text) ||
  (/^handrail:/m.test(text) && /^(steps|parameters):/m.test(text) && !/^(runbook|cases):/m.test(text));

/** Returns the YAML files directly in a folder that say they are runbooks, sorted. Throws the file system's error. */
export function runbookFilesIn(folder: string): readonly string[] {
  return filesIn(folder, isRunbook);
}

function filesIn(folder: string, isWanted: Wanted): readonly string[] {
  return readdirSync(folder)
    .filter((name) => /\.ya?ml$/.test(name))
    .map((name) => (folder === '.' ? name : join(folder, name)))
    .filter((file) => isFile(file) && begins(file, isWanted))
    .toSorted();
}

/**
 * Returns the runbooks and the files of shared steps in a folder and below it, sorted. Hidden folders and node_modules are
 * left out.
 */
export function checkedFilesBelow(folder: string): readonly string[] {
  const below = readdirSync(folder, {withFileTypes: true})
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules')
    .flatMap((entry) => checkedFilesBelow(join(folder, entry.name)));
  return [...filesIn(folder, isChecked), ...below].toSorted();
}

/** A pipe would keep whoever opens it waiting. */
function isFile(file: string): boolean {
  return statSync(file, {throwIfNoEntry: false})?.isFile() === true;
}

function begins(file: string, isWanted: Wanted): boolean {
  const start = Buffer.alloc(head);
  try {
    const opened = openSync(file, 'r');
    try {
      return isWanted(start.toString('utf8', 0, readSync(opened, start)));
    } finally {
      closeSync(opened);
    }
  } catch {
    // A folder with that name, or another user's file: no runbook to offer.
    return false;
  }
}
