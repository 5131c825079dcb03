import {mkdtempSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {beforeEach, describe, expect, test} from 'vitest';
import {askForRun, renewWish, takeWishBack, whoAsks} from '../../source/journal/hand-over.ts';

let journal: string;
beforeEach(() => {
  journal = join(mkdtempSync(join(tmpdir(), 'handrail-wish-')), 'run.jsonl');
});

describe('a wish for a run', () => {
  test('is heard while it is fresh, and not after it was taken back', () => {
    expect(whoAsks(journal, Date.now())).toBeUndefined();
    askForRun(journal, 'kim on host, process 7');
    expect(whoAsks(journal, Date.now())).toBe('kim on host, process 7');
    takeWishBack(journal);
    expect(whoAsks(journal, Date.now())).toBeUndefined();
  });

  test('of a process that died is forgotten, and one that is renewed is not', () => {
    askForRun(journal, 'kim');
    const later = Date.now() + 60_000;
    expect(whoAsks(journal, later)).toBeUndefined();
    renewWish(journal, later);
    expect(whoAsks(journal, later)).toBe('kim');
  });

  test('is for the owner of the journal alone, and is shown as text only', () => {
    askForRun(journal, 'kim');
    expect(statSync(`${journal}.asked-for`).mode & 0o077).toBe(0);
    writeFileSync(`${journal}.asked-for`, `\u001B[2J${'x'.repeat(500)}`);
    const said = whoAsks(journal, Date.now()) ?? '';
    expect(said).not.toContain('\u001B');
    expect(said.length).toBeLessThan(120);
  });

  test('that was never made is not renewed', () => {
    renewWish(journal, Date.now());
    expect(whoAsks(journal, Date.now())).toBeUndefined();
  });
});
