import {appendFileSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test, vi} from 'vitest';
import {commandTable} from '../../source/commands/command-table.ts';
import {dispatch} from '../../source/cli/dispatch.ts';
import {JournalFollower} from '../../source/journal/follow.ts';

const relapse = new URL('../fixtures/relapse.jsonl', import.meta.url).pathname;
const lines = readFileSync(relapse, 'utf8').split('\n').slice(0, -1);

let folder: string;
let out: string;
let err: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'handrail-replay-'));
  [out, err] = ['', ''];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((out += String(text)), true));
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((err += String(text)), true));
  vi.stubEnv('XDG_STATE_HOME', folder);
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

function handrail(...args: readonly string[]): Promise<number> {
  return dispatch(commandTable, args);
}

function file(text: string): string {
  const path = join(folder, 'given.jsonl');
  writeFileSync(path, text);
  return path;
}

describe('without a terminal', () => {
  test('a replay is the plain lines, with the times as they were', async () => {
    expect(await handrail('replay', relapse)).toBe(0);
    expect(out).toContain('REPLAY of run 20261122T051528Z-azjd');
    expect(out).toContain('1 running in 1 (eu-west-2 1)');
    expect(out).toContain('Done: every step is done');
    expect(out).toMatch(/Hash +faa63c70/);
  });

  test('latest is the run that began last', async () => {
    mkdirSync(join(folder, 'handrail'));
    writeFileSync(join(folder, 'handrail', '20261122T051528Z-azjd.jsonl'), `${lines.join('\n')}\n`);
    expect(await handrail('report', 'latest', '--format', 'json')).toBe(0);
    expect(JSON.parse(out)).toMatchObject({run: {id: '20261122T051528Z-azjd', status: 'done'}});
  });
});

describe('what cannot be replayed or reported', () => {
  test.each(['replay', 'report'])('%s: no run, too many, none such', async (command) => {
    expect(await handrail(command)).toBe(2);
    expect(await handrail(command, 'a', 'b')).toBe(2);
    expect(await handrail(command, 'nothing-like-it')).toBe(2);
    expect(err.trim().split('\n')).toHaveLength(3);
    expect(err).toContain('type latest');
  });

  test.each(['replay', 'report'])('%s: a journal that was changed is not believed', async (command) => {
    const changed = file(`${lines.slice(0, 9).join('\n').replace('found', 'faked')}\n`);
    expect(await handrail(command, changed)).toBe(1);
    expect(err).toMatch(/^handrail: .*given\.jsonl:\d+: its hash does not fit/);
    expect(err.trim().split('\n')).toHaveLength(1);
  });

  test.each(['replay', 'report'])(
    '%s: a newer format is told apart from a broken journal',
    async (command) => {
      const newer = file(`${lines[0]?.replace('{"version":1,', '{"version":99,')}\n`);
      expect(await handrail(command, newer)).toBe(2);
      expect(err).toContain('format version 99');
      expect(err).toContain('use a newer one');
    },
  );

  test.each(['replay', 'report'])('%s: a file that is no journal', async (command) => {
    expect(await handrail(command, file('hello\n'))).toBe(1);
    expect(await handrail(command, file(''))).toBe(1);
    expect(err).toContain('it is not a record');
    expect(err).toContain('there is no whole record in it');
  });

  test('an unknown format, a time that is none, a file that cannot be written', async () => {
    expect(await handrail('report', relapse, '--format', 'pdf')).toBe(2);
    expect(await handrail('report', relapse, '--format', 'toString')).toBe(2);
    expect(await handrail('replay', relapse, '--idle', 'soon')).toBe(2);
    expect(await handrail('report', relapse, '--out', join(folder, 'no', 'such', 'folder'))).toBe(2);
    expect(err).toContain('there are: md, html, json, cast');
    expect(err).toContain('cannot be written: ENOENT');
  });
});

describe('a journal that is being written', () => {
  test('is read on from where it was, whole lines only', () => {
    const path = file(`${lines.slice(0, 100).join('\n')}\n`);
    const journal = new JournalFollower(path);
    expect(journal.events).toHaveLength(100);
    expect(journal.more()).toEqual([]);
    const [half, rest] = [lines[100]!.slice(0, 50), lines[100]!.slice(50)];
    appendFileSync(path, half);
    expect(journal.more()).toEqual([]);
    appendFileSync(path, `${rest}\n${lines.slice(101, 900).join('\n')}\n`);
    expect(journal.more()).toHaveLength(800);
    expect(journal.head).toBe(JSON.parse(lines[899]!).hash);
  });

  test('is not believed when what is added does not follow', () => {
    const path = file(`${lines.slice(0, 100).join('\n')}\n`);
    const journal = new JournalFollower(path);
    appendFileSync(path, `${lines[101]}\n`);
    expect(() => journal.more()).toThrow(/given\.jsonl:101: its hash does not fit/);
  });

  test('is followed to its end', async () => {
    const path = file(`${lines.slice(0, 1000).join('\n')}\n`);
    const followed = handrail('replay', path, '--follow');
    appendFileSync(path, `${lines.slice(1000).join('\n')}\n`);
    expect(await followed).toBe(0);
    expect(out).toContain('Done: every step is done');
  });
});
