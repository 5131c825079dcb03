import {existsSync, readdirSync, statSync} from 'node:fs';
import {join, resolve, sep} from 'node:path';
import {journalFolder} from './folder.ts';

const extension = '.jsonl';

/** The typed text names no run, or more than one. The message says which text would. */
export class NoSuchRun extends Error {
  override readonly name = 'NoSuchRun';
}

/** The runs whose journals are in the folder, the earliest first. */
export function runIds(env: NodeJS.ProcessEnv): readonly string[] {
  const folder = journalFolder(env);
  let names: readonly string[];
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  return names
    .filter((name) => name.endsWith(extension))
    .map((name) => name.slice(0, -extension.length))
    .map((id) => ({id, begun: id.split('-')[0] ?? id, written: writtenAt(join(folder, id + extension))}))
    .sort((a, b) => compare(a.begun, b.begun) || a.written - b.written || compare(a.id, b.id))
    .map(({id}) => id);
}

/**
 * The journal file of the run that is meant: `latest` (the one begun last), a run's id or a beginning that only one
 * id has, or a file. Throws {@link NoSuchRun}.
 */
export function findRun(nameOrFile: string, env: NodeJS.ProcessEnv): string {
  const ids = runIds(env);
  const fileOf = (id: string): string => join(journalFolder(env), id + extension);
  if (nameOrFile === 'latest') {
    const last = ids.at(-1);
    if (last === undefined)
      throw new NoSuchRun(`there is no run in ${journalFolder(env)}; name a journal file`);
    return fileOf(last);
  }
  if (ids.includes(nameOrFile)) return fileOf(nameOrFile);
  if (isFile(nameOrFile)) return resolve(nameOrFile);
  if (nameOrFile.includes(sep) || nameOrFile.endsWith(extension)) {
    if (existsSync(nameOrFile)) {
      throw new NoSuchRun(`${nameOrFile} is not a file; name a journal file, a run, or latest`);
    }
    throw new NoSuchRun(`there is no file ${nameOrFile}; name a journal file, a run, or latest`);
  }
  const meant = nameOrFile === '' ? [] : ids.filter((id) => id.startsWith(nameOrFile));
  if (meant.length === 1 && meant[0] !== undefined) return fileOf(meant[0]);
  if (meant.length > 1) {
    throw new NoSuchRun(`${nameOrFile} begins ${meant.length} runs; type more of one: ${few(meant)}`);
  }
  throw new NoSuchRun(
    ids.length === 0
      ? `there is no run ${nameOrFile}: none was recorded in ${journalFolder(env)}; name a journal file`
      : `there is no run and no file ${nameOrFile}; type latest, or one of: ${few(ids)}`,
  );
}

/** The last few, so that the message stays short. */
function few(ids: readonly string[]): string {
  const last = ids.slice(-5).toReversed().join(', ');
  return ids.length > 5 ? `${last}, …` : last;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function isFile(path: string): boolean {
  return statSync(path, {throwIfNoEntry: false})?.isFile() ?? false;
}

/** ms since the epoch; 0 when the file is gone by now. */
function writtenAt(path: string): number {
  return statSync(path, {throwIfNoEntry: false})?.mtimeMs ?? 0;
}
