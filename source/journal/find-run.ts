import {existsSync, readdirSync, statSync} from 'node:fs';
import {join, resolve, sep} from 'node:path';
import {accountInRunId, journalFolder} from './folder.ts';

const extension = '.jsonl';

/** The typed text names no run, or more than one. The message says which text would. */
export class NoSuchRun extends Error {
  override readonly name = 'NoSuchRun';
}

/** The runs whose journals are in the folder, the earliest first; with `wanted`, only those. */
export function runIds(env: NodeJS.ProcessEnv, wanted?: (id: string) => boolean): readonly string[] {
  return journalIds(journalFolder(env), wanted);
}

/** The file of a run in the folder. */
export function runFile(id: string, env: NodeJS.ProcessEnv): string {
  return join(journalFolder(env), id + extension);
}

/** The journals in a folder, the one that was begun first before all others. */
export function journalIds(folder: string, wanted: (id: string) => boolean = () => true): readonly string[] {
  let names: readonly string[];
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  return names
    .filter((name) => name.endsWith(extension))
    .map((name) => name.slice(0, -extension.length))
    .filter(wanted)
    .map((id) => ({id, begun: begunAt(id), written: writtenAt(join(folder, id + extension))}))
    .sort((a, b) => compare(a.begun, b.begun) || a.written - b.written || compare(a.id, b.id))
    .map(({id}) => id);
}

/** The runs that somebody began by themselves: those of a fleet's accounts belong to the fleet. */
export function ownRunIds(env: NodeJS.ProcessEnv): readonly string[] {
  return runIds(env, (id) => accountInRunId(id) === undefined);
}

/**
 * The journal file of the run that is meant: `latest` (the one begun last, and no fleet's), a run's id or a beginning that
 * only one id has, or a file. Throws {@link NoSuchRun}.
 */
export function findRun(nameOrFile: string, env: NodeJS.ProcessEnv): string {
  const folder = journalFolder(env);
  const ids = runIds(env);
  if (nameOrFile !== 'latest') {
    refuseFleet(nameOrFile, folder);
    return findJournal(nameOrFile, {what: 'run', folder, ids});
  }
  const last = ownRunIds(env).at(-1);
  if (last !== undefined) return join(folder, last + extension);
  throw new NoSuchRun(
    ids.length === 0
      ? `there is no run in ${folder}; name a journal file`
      : 'every run here is of a fleet: name one, or type handrail fleet report latest',
  );
}

/** Throws {@link NoSuchRun} for the id of a fleet, or its beginning: a fleet is many runs. */
function refuseFleet(name: string, folder: string): void {
  if (!name.startsWith('f-')) return;
  const [fleet] = journalIds(join(folder, 'fleets'), (id) => id.startsWith(name));
  if (fleet !== undefined)
    throw new NoSuchRun(`${fleet} is a fleet: handrail fleet report ${fleet} names the runs of its accounts`);
}

/** Journals of one kind in their folder. */
interface Journals {
  readonly what: 'run' | 'fleet';
  readonly folder: string;
  readonly ids: readonly string[];
}

/** The journal file that is meant by an id, by a beginning that only one id has, or as a file. Throws {@link NoSuchRun}. */
export function findJournal(nameOrFile: string, {what, folder, ids}: Journals): string {
  const fileOf = (id: string): string => join(folder, id + extension);
  if (ids.includes(nameOrFile)) return fileOf(nameOrFile);
  if (isFile(nameOrFile)) return resolve(nameOrFile);
  if (nameOrFile.includes(sep) || nameOrFile.endsWith(extension)) {
    if (existsSync(nameOrFile)) {
      throw new NoSuchRun(`${nameOrFile} is not a file; name a journal file, a ${what}, or latest`);
    }
    throw new NoSuchRun(`there is no file ${nameOrFile}; name a journal file, a ${what}, or latest`);
  }
  const meant = nameOrFile === '' ? [] : ids.filter((id) => id.startsWith(nameOrFile));
  if (meant.length === 1 && meant[0] !== undefined) return fileOf(meant[0]);
  if (meant.length > 1) {
    throw new NoSuchRun(`${nameOrFile} begins ${meant.length} ${what}s; type more of one: ${few(meant)}`);
  }
  throw new NoSuchRun(
    ids.length === 0
      ? `there is no ${what} ${nameOrFile}: none was recorded in ${folder}; name a journal file`
      : `there is no ${what} and no file ${nameOrFile}; type latest, or one of: ${few(ids)}`,
  );
}

/** The stamp in an id, by which it sorts. */
export function begunAt(id: string): string {
  return id.replace(/^f-/, '').split('-')[0] ?? id;
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
