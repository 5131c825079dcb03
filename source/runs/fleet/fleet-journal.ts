import {mkdirSync} from 'node:fs';
import {join} from 'node:path';
import type {FleetEvent} from '../../fleet/events.ts';
import {findJournal, journalIds, NoSuchRun} from '../../journal/find-run.ts';
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
export function fleetIds(env: NodeJS.ProcessEnv): readonly string[] {
  return journalIds(fleetFolder(env));
}

/**
 * Returns the journal file of the fleet that is meant: `latest`, a fleet's id or a beginning that only one has, or a
 * file. Throws {@link NoSuchRun}.
 */
export function findFleet(nameOrFile: string, env: NodeJS.ProcessEnv): string {
  const folder = fleetFolder(env);
  const ids = fleetIds(env);
  const last = ids.at(-1);
  if (nameOrFile === 'latest' && last !== undefined) return join(folder, last + extension);
  if (nameOrFile === 'latest') throw new NoSuchRun('no fleet was recorded here yet');
  return findJournal(nameOrFile, {what: 'fleet', folder, ids});
}

function fleetFolder(env: NodeJS.ProcessEnv): string {
  return join(journalFolder(env), 'fleets');
}
