import {randomBytes} from 'node:crypto';
import {mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {mostBytes, type Approval} from './approval.ts';

/** The folder beside a journal where approvals are left for its run: whoever can write there may answer anyway. */
function folderOf(journal: string): string {
  return `${journal}.approvals`;
}

/** The moment of the last approval that this process left (ms since the epoch): the next one's is later. */
let lastLeftAt = 0;

/** Leaves an approval for a run, whole or not at all. Returns its name. */
export function leave(journal: string, approval: Approval): string {
  const folder = folderOf(journal);
  lastLeftAt = Math.max(Date.now(), lastLeftAt + 1);
  mkdirSync(folder, {recursive: true, mode: 0o700});
  const name = `${String(lastLeftAt).padStart(14, '0')}-${randomBytes(4).toString('hex')}.json`;
  const draft = join(folder, `.${name}`);
  writeFileSync(draft, JSON.stringify(approval), {mode: 0o600});
  renameSync(draft, join(folder, name));
  return name;
}

/** The names of the approvals that were left for a run, the first one first. */
export function left(journal: string): readonly string[] {
  try {
    return readdirSync(folderOf(journal))
      .filter((name) => /^\d{14}-[0-9a-f]{8}\.json$/.test(name))
      .sort();
  } catch {
    return [];
  }
}

/** The text of an approval that was left. Throws an error that says why it cannot be read. */
export function textOf(journal: string, name: string): string {
  const file = join(folderOf(journal), name);
  if (statSync(file).size > mostBytes) throw new Error('it is far longer than an approval');
  return readFileSync(file, 'utf8');
}

/** Takes an approval away, with the reason for the person who left it where it does not count. */
export function done(journal: string, name: string, refused?: string): void {
  const file = join(folderOf(journal), name);
  if (refused !== undefined) writeFileSync(`${file}.refused`, refused, {mode: 0o600});
  rmSync(file, {force: true});
}

/** What became of an approval: `refused` with the reason. The reason is told once. */
export function fateOf(journal: string, name: string): 'waits' | 'taken' | {readonly refused: string} {
  if (left(journal).includes(name)) return 'waits';
  const file = join(folderOf(journal), `${name}.refused`);
  try {
    const refused = readFileSync(file, 'utf8');
    rmSync(file, {force: true});
    return {refused};
  } catch {
    return 'taken';
  }
}
