import {mkdirSync, statSync} from 'node:fs';
import {homedir} from 'node:os';
import {dirname, isAbsolute, join} from 'node:path';
import {JournalError} from './journal-error.ts';

/**
 * Folder of journals: `$XDG_STATE_HOME/handrail`, or `~/.local/state/handrail`. The XDG specification says to ignore
 * relative values. Throws {@link JournalError} where the process has no home.
 */
export function journalFolder(env: NodeJS.ProcessEnv): string {
  const state = env['XDG_STATE_HOME'];
  const base = state !== undefined && isAbsolute(state) ? state : join(home(), '.local', 'state');
  return join(base, 'handrail');
}

function home(): string {
  let folder: string;
  try {
    folder = homedir();
  } catch {
    // HOME is not set and the user has no name: a container that runs under a number.
    folder = '';
  }
  if (isAbsolute(folder)) return folder;
  throw new JournalError(
    'there is no home folder to keep journals in: set HOME or XDG_STATE_HOME to a full path',
  );
}

/** Makes the folder, for its owner only. Throws {@link JournalError}. */
export function makeJournalFolder(env: NodeJS.ProcessEnv): string {
  const folder = journalFolder(env);
  try {
    makeFolder(folder);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new JournalError(`the journal folder ${folder} cannot be made: ${reason}`);
  }
  return folder;
}

/** Node's own recursive mkdir tries for ever where a parent is there and holds no folders, as in /proc. */
function makeFolder(folder: string): void {
  if (statSync(folder, {throwIfNoEntry: false})?.isDirectory() === true) return;
  const parent = dirname(folder);
  if (parent !== folder) makeFolder(parent);
  try {
    mkdirSync(folder, {mode: 0o700});
  } catch (error) {
    // Another run may have made it at the same moment.
    if (statSync(folder, {throwIfNoEntry: false})?.isDirectory() !== true) throw error;
  }
}

/**
 * A new run's id: when it began, to the second, and four letters against collisions. It sorts by time. The runs of a
 * fleet begin by the hundred in one second, so that the account is in the name of each.
 */
export function newRunId(atMs: number, random: () => number, account?: string): string {
  const stamp = new Date(atMs)
    .toISOString()
    .replace(/[-:]/g, '')
    .replace(/\.\d+Z$/, 'Z');
  const letters = Array.from({length: 4}, () => 'abcdefghjkmnpqrstvwxyz'[Math.floor(random() * 22)]).join('');
  return [stamp, ...(account === undefined ? [] : [account]), letters].join('-');
}

/** The account that a fleet's run is about, by its id; undefined for a run of its own. */
export function accountInRunId(id: string): string | undefined {
  return /^[^-]+-(\d{12})-/.exec(id)?.[1];
}
