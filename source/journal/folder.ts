import {mkdirSync} from 'node:fs';
import {homedir} from 'node:os';
import {isAbsolute, join} from 'node:path';
import {JournalError} from './write.ts';

/**
 * Folder of journals: `$XDG_STATE_HOME/handrail`, or `~/.local/state/handrail`. The XDG specification says to
 * ignore relative values.
 */
export function journalFolder(env: NodeJS.ProcessEnv): string {
  const state = env['XDG_STATE_HOME'];
  const base = state !== undefined && isAbsolute(state) ? state : join(homedir(), '.local', 'state');
  return join(base, 'handrail');
}

/** Makes the folder, for its owner only. Throws {@link JournalError}. */
export function makeJournalFolder(env: NodeJS.ProcessEnv): string {
  const folder = journalFolder(env);
  try {
    mkdirSync(folder, {recursive: true, mode: 0o700});
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new JournalError(`the journal folder ${folder} cannot be made: ${reason}`);
  }
  return folder;
}

/** A new run's id: when it began, to the second, and four letters against collisions. It sorts by time. */
export function newRunId(atMs: number, random: () => number): string {
  const stamp = new Date(atMs)
    .toISOString()
    .replace(/[-:]/g, '')
    .replace(/\.\d+Z$/, 'Z');
  const letters = Array.from({length: 4}, () => 'abcdefghjkmnpqrstvwxyz'[Math.floor(random() * 22)]).join('');
  return `${stamp}-${letters}`;
}
