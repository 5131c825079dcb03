import {mkdtempSync, statSync, writeFileSync} from 'node:fs';
import {homedir, tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {journalFolder, makeJournalFolder, newRunId} from '../../source/journal/folder.ts';
import {JournalError} from '../../source/journal/journal-error.ts';

describe('the folder of journals', () => {
  it('is below XDG_STATE_HOME, or below the home folder where that is not set or not absolute', () => {
    expect(journalFolder({XDG_STATE_HOME: '/var/state'})).toBe('/var/state/handrail');
    const home = join(homedir(), '.local', 'state', 'handrail');
    expect(journalFolder({})).toBe(home);
    expect(journalFolder({XDG_STATE_HOME: 'state'})).toBe(home);
    expect(journalFolder({XDG_STATE_HOME: ''})).toBe(home);
  });

  it('is made for its owner only, as often as it is wanted', () => {
    const env = {XDG_STATE_HOME: join(mkdtempSync(join(tmpdir(), 'handrail-folder-')), 'deep', 'er')};
    const folder = makeJournalFolder(env);
    expect(makeJournalFolder(env)).toBe(folder);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  it('that cannot be made is named, with the reason', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'handrail-folder-')), 'file');
    writeFileSync(file, '');
    expect(() => makeJournalFolder({XDG_STATE_HOME: file})).toThrow(JournalError);
    expect(() => makeJournalFolder({XDG_STATE_HOME: file})).toThrow(`${file}/handrail cannot be made: `);
  });
});

describe('a run’s id', () => {
  it('sorts by time, to the second', () => {
    const ids = [0, 999, 1000, 86_400_000].map((at) => newRunId(at, () => 0));
    expect(ids).toEqual([
      '19700101T000000Z-aaaa',
      '19700101T000000Z-aaaa',
      '19700101T000001Z-aaaa',
      '19700102T000000Z-aaaa',
    ]);
  });

  it('tells runs of the same second apart, by letters that are not taken for digits or for each other', () => {
    const seen = new Set(Array.from({length: 22}, (_, index) => newRunId(0, () => (index + 0.5) / 22)));
    expect(seen.size).toBe(22);
    for (const id of seen) expect(id).toMatch(/^19700101T000000Z-[a-hj-kmnp-z]{4}$/);
    expect(newRunId(0, () => 1 - Number.EPSILON)).toMatch(/-zzzz$/);
  });

  it('has the account in it where a fleet begins many runs in one second', () => {
    const ids = ['000000000012', '000000000013'].map((account) => newRunId(0, () => 0, account));
    expect(ids).toEqual(['19700101T000000Z-000000000012-aaaa', '19700101T000000Z-000000000013-aaaa']);
  });
});
