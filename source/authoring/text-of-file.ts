import {statSync} from 'node:fs';
import {UsageError} from '../cli/usage-error.ts';
import {readText} from '../runbook/load/read-text.ts';

/** The text of a runbook's file, or of one beside it. Throws InvalidRunbook, and {@link UsageError} where none can be read. */
export function textOfFile(file: string): string {
  const isFile = statSync(file, {throwIfNoEntry: false})?.isFile();
  if (isFile === false) throw new UsageError(`${file} is not a file; name a runbook's file or a test file`);
  try {
    return readText(file);
  } catch (error) {
    const {code} = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new UsageError(`there is no file ${file}`);
    if (code !== undefined) throw new UsageError(`${file} cannot be read: ${code}`);
    throw error;
  }
}
