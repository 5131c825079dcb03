import fs, {mkdtempSync, readFileSync} from 'node:fs';
import {syncBuiltinESMExports} from 'node:module';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import type {Event} from '../../source/engine/model/events.ts';
import {readJournal} from '../../source/journal/read.ts';
import {JournalWriter} from '../../source/journal/write.ts';
import {programOf, runStarted} from '../engine/turns.ts';

/** How the system behaves: what it really does, where nothing is said. */
const system: {mostBytes?: number; fullAfter?: number; syncFails?: boolean} = {};

const own = {writeSync: fs.writeSync, fdatasync: fs.fdatasync};

function writeSync(descriptor: number, bytes: Buffer, offset: number, length: number): number {
  const {mostBytes = length, fullAfter = Infinity} = system;
  if (fullAfter <= 0) throw Object.assign(new Error('ENOSPC: no space left on device'), {code: 'ENOSPC'});
  const most = Math.min(mostBytes, length, fullAfter);
  const done = own.writeSync(descriptor, bytes, offset, most, null);
  if (system.fullAfter !== undefined) system.fullAfter -= done;
  return done;
}

function fdatasync(descriptor: number, done: (error: Error | null) => void): void {
  if (system.syncFails === true) done(new Error('EIO: i/o error'));
  else own.fdatasync(descriptor, done);
}

// Node's own module is changed, not how it is imported: files that were loaded before see it as well.
beforeEach(() => {
  Object.assign(fs, {writeSync, fdatasync});
  syncBuiltinESMExports();
});

afterEach(() => {
  Object.assign(fs, own);
  syncBuiltinESMExports();
  delete system.mostBytes;
  delete system.fullAfter;
  delete system.syncFails;
});

const started = runStarted(programOf('  - {id: look, title: Look, call: box:GetBox}'));
const more: readonly Event[] = [
  {type: 'paused', at: 1, why: 'operator'},
  {type: 'continued', at: 2, by: 'kim'},
];

function freshFile(): string {
  return join(mkdtempSync(join(tmpdir(), 'handrail-write-')), 'r.jsonl');
}

describe('a system that', () => {
  it('takes only a few bytes at a time still gets all of them', async () => {
    system.mostBytes = 7;
    const file = freshFile();
    const writer = JournalWriter.create(file, 'r');
    await writer.append([started]);
    await writer.append(more);
    writer.close();
    expect(readJournal(file).events).toEqual([started, ...more]);
  });

  it('has no room any more breaks the journal for good: later events do not follow a torn line', async () => {
    const file = freshFile();
    const writer = JournalWriter.create(file, 'r');
    await writer.append([started]);
    const whole = readFileSync(file).length;
    system.fullAfter = 20;
    await expect(writer.append(more)).rejects.toThrow(`${file} cannot be written: ENOSPC`);
    delete system.fullAfter;
    await expect(writer.append(more)).rejects.toThrow('ENOSPC');
    expect(readFileSync(file).length).toBe(whole + 20);
    expect(readJournal(file)).toMatchObject({events: [started], tornBytes: 20});
  });

  it('fails to sync breaks the journal for good: a second try would not bring back what was dropped', async () => {
    const file = freshFile();
    const writer = JournalWriter.create(file, 'r');
    system.syncFails = true;
    await expect(writer.append([started])).rejects.toThrow('EIO');
    delete system.syncFails;
    await expect(writer.append(more)).rejects.toThrow('EIO');
  });
});

it('the hash of the head counts only what is on disk', async () => {
  const file = freshFile();
  const writer = JournalWriter.create(file, 'r');
  await writer.append([started]);
  const {head} = writer;
  expect(readJournal(file).head).toBe(head);
  system.fullAfter = 0;
  await expect(writer.append(more)).rejects.toThrow('ENOSPC');
  expect(writer.head).toBe(head);
});
