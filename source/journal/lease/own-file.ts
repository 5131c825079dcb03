import {
  chmodSync,
  closeSync,
  constants,
  copyFileSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
} from 'node:fs';
import {dirname} from 'node:path';
import {JournalError} from '../journal-error.ts';

/**
 * Puts a copy of a journal in its place. A process that was overtaken in the middle of a write has the old file open, and
 * ends its write there, where nobody reads it. Throws {@link JournalError}.
 */
export function setOwnFile(journal: string): void {
  const copy = `${journal}.copy`;
  try {
    rmSync(copy, {force: true});
    copyFileSync(journal, copy, constants.COPYFILE_EXCL);
    chmodSync(copy, 0o600);
    onDisk(copy);
    renameSync(copy, journal);
    onDisk(dirname(journal));
  } catch (error) {
    rmSync(copy, {force: true});
    const reason = error instanceof Error ? error.message : String(error);
    throw new JournalError(`the journal ${journal} cannot be taken over: ${reason}`, {cause: error});
  }
}

function onDisk(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
