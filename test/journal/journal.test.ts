import {appendFileSync, mkdtempSync, readFileSync, renameSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import type {Event} from '../../source/engine/model/events.ts';
import {CorruptJournal, parseJournal, readJournal} from '../../source/journal/read.ts';
import {encodeRecord, genesis, hashOf} from '../../source/journal/record.ts';
import {JournalError} from '../../source/journal/journal-error.ts';
import {JournalWriter} from '../../source/journal/write.ts';

const started: Event = {
  type: 'run-started',
  at: 1,
  run: 'r',
  runbook: {name: 'n', title: 't', file: 'f', text: 'x', sha256: 's'},
  steps: [],
  inputs: {},
  mode: 'live',
  simulation: false,
  identity: {account: '123456789012', arn: 'arn:aws:iam::123456789012:user/kim', partition: 'aws'},
  regions: ['eu-west-1'],
  regionSource: 'named',
  notes: [],
  versions: {},
};
const later: readonly Event[] = [
  {type: 'paused', at: 2, why: 'operator'},
  {type: 'continued', at: 3, by: 'kim'},
  {type: 'run-ended', at: 4, status: 'done', message: 'ünïcode 🚧'},
];

function freshFile(): string {
  return join(mkdtempSync(join(tmpdir(), 'handrail-journal-')), 'r.jsonl');
}

async function written(): Promise<{file: string; bytes: Buffer}> {
  const file = freshFile();
  const writer = JournalWriter.create(file, 'r');
  for (const event of [started, ...later]) await writer.append([event]);
  writer.close();
  return {file, bytes: readFileSync(file)};
}

describe('a journal', () => {
  it('is read back as it was written, with its head hash', async () => {
    const file = freshFile();
    const writer = JournalWriter.create(file, 'r');
    await writer.append([started, ...later]);
    writer.close();
    const journal = readJournal(file);
    expect(journal.events).toEqual([started, ...later]);
    expect(journal.head).toBe(writer.head);
    expect(journal.tornBytes).toBe(0);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('cut off at any byte gives only whole records, never a misread one', async () => {
    const {file, bytes} = await written();
    const all = [started, ...later];
    for (let length = 0; length < bytes.length; length += 1) {
      const cut = bytes.subarray(0, length);
      const whole = cut.toString('latin1').split('\n').length - 1;
      if (whole === 0) {
        expect(() => parseJournal(file, cut)).toThrow(CorruptJournal);
      } else {
        const journal = parseJournal(file, cut);
        expect(journal.events).toEqual(all.slice(0, whole));
        expect(journal.bytes + journal.tornBytes).toBe(length);
      }
    }
  });

  it('cut off within a write of several records has none of them: what belongs together stays together', async () => {
    const file = freshFile();
    const writer = JournalWriter.create(file, 'r');
    await writer.append([started]);
    const {length: before} = readFileSync(file);
    await writer.append(later);
    writer.close();
    const bytes = readFileSync(file);
    for (let length = before; length < bytes.length; length += 1) {
      expect(parseJournal(file, bytes.subarray(0, length)).events).toEqual([started]);
    }
    expect(parseJournal(file, bytes).events).toEqual([started, ...later]);
  });

  it('with any one bit flipped is refused, or read up to a torn end', async () => {
    const {file, bytes} = await written();
    const all = [started, ...later];
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const flipped = Buffer.from(bytes);
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      try {
        const {events, tornBytes} = parseJournal(file, flipped);
        // Only the last line end can be lost without a trace: its record is then taken for torn.
        expect(events).toEqual(all.slice(0, -1));
        expect(tornBytes).toBeGreaterThan(0);
      } catch (error) {
        expect(error).toBeInstanceOf(CorruptJournal);
      }
    }
  });

  it('names the line that was changed', async () => {
    const {file, bytes} = await written();
    const text = bytes.toString('utf8').replace('"why":"operator"', '"why":"operatoR"');
    expect(() => parseJournal(file, Buffer.from(text))).toThrow(/r\.jsonl:2: its hash does not fit/);
  });

  it('of a newer format is refused, saying so', () => {
    const body = JSON.stringify({version: 99, sequence: 1, run: 'r', event: started});
    const line = `${body.slice(0, -1)},"hash":"${hashOf(genesis, body)}"}\n`;
    expect(() => parseJournal('r.jsonl', Buffer.from(line))).toThrow(/format version 99/);
  });

  it('with a record left out or moved is refused', async () => {
    const {file, bytes} = await written();
    const lines = bytes.toString('utf8').trimEnd().split('\n');
    const without = [lines[0], lines[2], lines[3]].join('\n');
    const swapped = [lines[0], lines[2], lines[1], lines[3]].join('\n');
    for (const text of [without, swapped]) {
      expect(() => parseJournal(file, Buffer.from(`${text}\n`))).toThrow(CorruptJournal);
    }
  });

  it('of another run spliced in is refused', () => {
    const first = encodeRecord('r', 1, genesis, started);
    const second = encodeRecord('other', 2, first.hash, {type: 'continued', at: 2, by: 'kim'});
    const text = `${first.line}\n${second.line}\n`;
    expect(() => parseJournal('r.jsonl', Buffer.from(text))).toThrow(/another run/);
  });
});

describe('writing a journal', () => {
  it('goes on after a torn end, with an unbroken chain', async () => {
    const {file, bytes} = await written();
    writeFileSync(file, bytes.subarray(0, bytes.length - 7));
    const torn = readJournal(file);
    const writer = JournalWriter.continue(torn);
    await writer.append([{type: 'continued', at: 9, by: 'again'}]);
    writer.close();
    expect(readJournal(file).events).toEqual([
      started,
      ...later.slice(0, 2),
      {type: 'continued', at: 9, by: 'again'},
    ]);
  });

  it('never overwrites a journal that is there', async () => {
    const {file} = await written();
    expect(() => JournalWriter.create(file, 'r')).toThrow(JournalError);
  });

  it('stops when another file has taken its place', async () => {
    const file = freshFile();
    const writer = JournalWriter.create(file, 'r');
    await writer.append([started]);
    renameSync(file, `${file}.old`);
    writeFileSync(file, readFileSync(`${file}.old`));
    await expect(writer.append(later)).rejects.toThrow(/another file has taken its place/);
    await expect(writer.append(later)).rejects.toThrow(JournalError);
  });

  it('stops when something else has written to it', async () => {
    const file = freshFile();
    const writer = JournalWriter.create(file, 'r');
    await writer.append([started]);
    appendFileSync(file, 'x');
    await expect(writer.append(later)).rejects.toThrow(/something else has written/);
  });

  it('says why when the folder cannot be written', () => {
    expect(() => JournalWriter.create('/proc/no/such.jsonl', 'r')).toThrow(/cannot be written: ENOENT/);
  });
});
