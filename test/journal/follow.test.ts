import {appendFileSync, mkdtempSync, readFileSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import type {Event} from '../../source/engine/model/events.ts';
import {JournalFollower} from '../../source/journal/follow.ts';
import {CorruptJournal} from '../../source/journal/read.ts';
import {JournalWriter} from '../../source/journal/write.ts';
import {programOf, runStarted} from '../engine/turns.ts';

const started = runStarted(programOf('  - {id: look, title: Look, call: box:GetBox}'));
const paused: Event = {type: 'paused', at: 1, why: 'operator'};
const long: Event = {type: 'continued', at: 2, by: 'x'.repeat(200_000)};

/** The bytes of a journal, as they lie after each write. */
async function writes(...batches: readonly (readonly Event[])[]): Promise<readonly Buffer[]> {
  const file = freshFile();
  const writer = JournalWriter.create(file, 'r');
  const found: Buffer[] = [];
  for (const batch of batches) {
    await writer.append(batch);
    found.push(readFileSync(file));
  }
  writer.close();
  return found;
}

function freshFile(): string {
  return join(mkdtempSync(join(tmpdir(), 'handrail-follow-')), 'r.jsonl');
}

describe('following a journal', () => {
  it('gives each event once, however often it looks', async () => {
    const [first, second, third] = await writes([started], [paused], [long, paused]);
    const file = freshFile();
    writeFileSync(file, first ?? '');
    const follower = new JournalFollower(file);
    expect(follower.events).toEqual([started]);
    expect(follower.more()).toEqual([]);
    writeFileSync(file, second ?? '');
    expect(follower.more()).toEqual([paused]);
    expect(follower.more()).toEqual([]);
    writeFileSync(file, third ?? '');
    expect(follower.more()).toEqual([long, paused]);
    expect(follower.more()).toEqual([]);
  });

  it('gives no part of a write: it waits for the whole of it, wherever the look falls', async () => {
    const [before, after] = await writes([started], [paused, {type: 'continued', at: 2, by: 'kim'}]);
    if (before === undefined || after === undefined) throw new Error('two writes were expected');
    const file = freshFile();
    writeFileSync(file, before);
    const follower = new JournalFollower(file);
    for (let length = before.length; length < after.length; length += 1) {
      expect(follower.more()).toEqual([]);
      appendFileSync(file, after.subarray(length, length + 1));
    }
    expect(follower.more()).toHaveLength(2);
  });

  it('refuses what does not follow from what it has read', async () => {
    const [before] = await writes([started]);
    const [, other] = await writes([{...started, at: 7}], [paused]);
    const file = freshFile();
    writeFileSync(file, before ?? '');
    const follower = new JournalFollower(file);
    const line = other?.toString('utf8').split('\n')[1] ?? '';
    appendFileSync(file, `${line}\n`);
    expect(() => follower.more()).toThrow(CorruptJournal);
  });
});
