import {existsSync, readdirSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {closestName} from '../runbook/closest-name.ts';
import {loadRunbook, type LoadedRunbook} from '../runbook/load.ts';
import {UsageError} from './usage-error.ts';

const shippedFolder = fileURLToPath(new URL('../../runbooks', import.meta.url));

/** The names of the runbooks that come with Handrail. */
export function shippedRunbooks(): readonly string[] {
  return readdirSync(shippedFolder)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.slice(0, -'.yaml'.length))
    .sort();
}

/**
 * Loads a runbook by the name of a shipped one, or by its file. Throws {@link UsageError} when there is none or it
 * cannot be read, and InvalidRunbook when its content is wrong.
 */
export function findRunbook(nameOrFile: string): LoadedRunbook {
  const shipped = shippedRunbooks();
  const file = shipped.includes(nameOrFile) ? join(shippedFolder, `${nameOrFile}.yaml`) : nameOrFile;
  if (!existsSync(file)) {
    const meant = closestName(nameOrFile, shipped);
    const hint = meant === undefined ? `there are: ${shipped.join(', ')}` : `did you mean ${meant}?`;
    throw new UsageError(`there is no runbook and no file ${nameOrFile}; ${hint}`);
  }
  if (!statSync(file).isFile()) throw new UsageError(`${file} is not a file; name a runbook or its file`);
  try {
    return loadRunbook(file);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === undefined || !(error instanceof Error)) throw error;
    throw new UsageError(`${file} cannot be read: ${code}`);
  }
}
