import {existsSync, mkdirSync, readdirSync, statSync} from 'node:fs';
import {join, resolve} from 'node:path';
import type {FleetEvent} from '../../fleet/events.ts';
import {NoSuchRun} from '../../journal/find-run.ts';
import {journalFolder, makeJournalFolder, newRunId} from '../../journal/folder.ts';
import {CorruptJournal, readRecords, type Records} from '../../journal/read.ts';

const extension = '.jsonl';

/** The journal of a fleet. */
export interface FleetJournal extends Records {
  readonly events: readonly FleetEvent[];
}

/** A new fleet's id. It sorts by time. */
export function newFleetId(atMs: number, random: () => number): string {
  return `f-${newRunId(atMs, random)}`;
}

/** Returns the file of a fleet's journal, and makes its folder. Throws JournalError. */
export function fleetFile(fleet: string, env: NodeJS.ProcessEnv): string {
  const folder = join(makeJournalFolder(env), 'fleets');
  mkdirSync(folder, {recursive: true, mode: 0o700});
  return join(folder, fleet + extension);
}

/** Returns the file of an account's run. Throws JournalError. */
export function childFile(run: string, env: NodeJS.ProcessEnv): string {
  return join(makeJournalFolder(env), run + extension);
}

/** Reads a fleet's journal. Throws {@link CorruptJournal}. */
export function readFleet(file: string): FleetJournal {
  const records = readRecords(file);
  if (records.events[0]?.type !== 'fleet-started') {
    throw new CorruptJournal(file, 1, 'it does not begin with a fleet');
  }
  return {...records, events: records.events as readonly FleetEvent[]};
}

/** The fleets whose journals are in the folder, the earliest first. */
function fleetIds(env: NodeJS.ProcessEnv): readonly string[] {
  const folder = join(journalFolder(env), 'fleets');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith(extension))
    .map((name) => name.slice(0, -extension.length))
    .sort();
}

/**
 * Returns the journal file of the fleet that is meant: `latest`, a fleet's id or a beginning that only one has, or a
 * file. Throws {@link NoSuchRun}.
 */
export function findFleet(nameOrFile: string, env: NodeJS.ProcessEnv): string {
  const ids = fleetIds(env);
  const meant =
    nameOrFile === 'latest'
      ? ids.slice(-1)
      : ids.includes(nameOrFile)
        ? [nameOrFile]
        : ids.filter((id) => nameOrFile !== '' && id.startsWith(nameOrFile));
  const [id] = meant;
  if (meant.length === 1 && id !== undefined) return join(journalFolder(env), 'fleets', id + extension);
  if (statSync(nameOrFile, {throwIfNoEntry: false})?.isFile() === true) return resolve(nameOrFile);
  if (meant.length > 1) {
    throw new NoSuchRun(
      `${nameOrFile} begins ${meant.length} fleets; type more of one: ${meant.slice(-5).join(', ')}`,
    );
  }
  throw new NoSuchRun(
    ids.length === 0
      ? 'no fleet was recorded here yet'
      : `there is no fleet and no file ${nameOrFile}; type latest, or one of: ${ids.slice(-5).toReversed().join(', ')}`,
  );
}
