import {closeSync, openSync, readdirSync, readSync, statSync} from 'node:fs';
import {join} from 'node:path';

/** Bytes at a file's start in which a runbook says that it is one. */
const head = 4096;

/** Returns the YAML files directly in a folder that say they are runbooks, sorted. Throws the file system's error. */
export function runbookFilesIn(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => /\.ya?ml$/.test(name))
    .map((name) => (folder === '.' ? name : join(folder, name)))
    .filter((file) => isFile(file) && saysRunbook(file))
    .toSorted();
}

/** Returns the runbooks in a folder and below it, sorted. Hidden folders and node_modules are left out. */
export function runbookFilesBelow(folder: string): readonly string[] {
  const below = readdirSync(folder, {withFileTypes: true})
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules')
    .flatMap((entry) => runbookFilesBelow(join(folder, entry.name)));
  return [...runbookFilesIn(folder), ...below].toSorted();
}

/** A pipe would keep whoever opens it waiting. */
function isFile(file: string): boolean {
  return statSync(file, {throwIfNoEntry: false})?.isFile() === true;
}

/** A file of shared steps has no name, and a test file is none: both are read with the runbook that they belong to. */
function saysRunbook(file: string): boolean {
  const start = Buffer.alloc(head);
  try {
    const opened = openSync(file, 'r');
    try {
      const text = start.toString('utf8', 0, readSync(opened, start));
      return /^handrail:/m.test(text) && /^name:/m.test(text);
    } finally {
      closeSync(opened);
    }
  } catch {
    // A folder with that name, or another user's file: no runbook to offer.
    return false;
  }
}
