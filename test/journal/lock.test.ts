import {spawnSync} from 'node:child_process';
import {existsSync, mkdtempSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {isBound, socketOf} from '../../source/journal/lease/socket.ts';
import {isLocked, JournalInUse, lockJournal, type Locking} from '../../source/journal/lock.ts';

function freshFile(): string {
  const file = join(mkdtempSync(join(tmpdir(), 'handrail-lock-')), 'r.jsonl');
  writeFileSync(file, '');
  return file;
}

// Between processes: test/resume/lock.test.ts.
describe('the lock of a journal', () => {
  it('is held by one at a time, who says since when', async () => {
    const file = freshFile();
    const lock = await lockJournal(file, 0);
    await expect(lockJournal(file, 1)).rejects.toThrow(JournalInUse);
    await expect(lockJournal(file, 1)).rejects.toThrow(`process ${process.pid} of`);
    await expect(lockJournal(file, 1)).rejects.toThrow('since 1970-01-01T00:00:00.000Z');
    lock.release();
  });

  it('is free again once it is released', async () => {
    const file = freshFile();
    expect(isLocked(file)).toBe(false);
    (await lockJournal(file, 0)).release();
    const again = await lockJournal(file, 0);
    expect(isLocked(file)).toBe(true);
    again.release();
  });

  it('is the same by whichever name the file is reached', async () => {
    const file = freshFile();
    const other = `${file}-link`;
    symlinkSync(file, other);
    const lock = await lockJournal(file, 0);
    await expect(lockJournal(other, 0)).rejects.toThrow(JournalInUse);
    lock.release();
  });

  it('of one journal does not hold another', async () => {
    const [one, other] = [freshFile(), freshFile()];
    const locks = [await lockJournal(one, 0), await lockJournal(other, 0)];
    for (const lock of locks) lock.release();
  });
});

/** This process on a system without /proc. */
function here(file: string): NonNullable<Locking['here']> {
  return {
    place: {boot: 'one start', network: 'one', pids: 'one', pid: process.pid},
    socket: `${file}.lock`,
  };
}

describe('the lock where a socket is a file, as on macOS', () => {
  it('is held by one at a time, and leaves no file behind', async () => {
    const file = freshFile();
    const lock = await lockJournal(file, 0, {here: here(file)});
    await expect(lockJournal(file, 1, {here: here(file)})).rejects.toThrow(`process ${process.pid} of`);
    lock.release();
    expect(existsSync(`${file}.lock`)).toBe(false);
  });

  it('is free where a process that was killed left its file, which does not count as held', async () => {
    const file = freshFile();
    const killed = `require('net').createServer().listen(process.argv[1], () => process.kill(process.pid, 'SIGKILL'))`;
    spawnSync(process.execPath, ['-e', killed, `${file}.lock`]);
    expect(existsSync(`${file}.lock`)).toBe(true);
    expect(isBound(`${file}.lock`)).toBeUndefined();
    (await lockJournal(file, 0, {here: here(file)})).release();
  });

  it('has an address that the system takes, however deep the journal lies', () => {
    const deep = `/Users/kim/${'folder/'.repeat(30)}r.jsonl`;
    expect(Buffer.byteLength(socketOf(deep, 'darwin'))).toBeLessThan(104);
    expect(socketOf('/Users/kim/r.jsonl', 'darwin')).toBe('/Users/kim/r.jsonl.lock');
  });
});
