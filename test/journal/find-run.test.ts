import {mkdirSync, mkdtempSync, utimesSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {beforeEach, describe, expect, test} from 'vitest';
import {findRun, NoSuchRun, runIds} from '../../source/journal/find-run.ts';

let env: NodeJS.ProcessEnv;
let folder: string;

beforeEach(() => {
  const state = mkdtempSync(join(tmpdir(), 'handrail-find-'));
  env = {XDG_STATE_HOME: state};
  folder = join(state, 'handrail');
});

/** Leaves journals, the first one written last. */
function recorded(...ids: readonly string[]): void {
  mkdirSync(folder, {recursive: true});
  ids.forEach((id, index) => {
    const file = join(folder, `${id}.jsonl`);
    writeFileSync(file, '');
    utimesSync(file, 1000 - index, 1000 - index);
  });
}

function message(name: string): string {
  try {
    return findRun(name, env);
  } catch (error) {
    expect(error).toBeInstanceOf(NoSuchRun);
    return (error as Error).message;
  }
}

describe('a run', () => {
  test('is found as the latest by when it began', () => {
    recorded('20261122T110000Z-aaaa', '20261122T120000Z-bbbb', '20261121T120000Z-cccc');
    expect(findRun('latest', env)).toBe(join(folder, '20261122T120000Z-bbbb.jsonl'));
    expect(runIds(env)[0]).toBe('20261121T120000Z-cccc');
  });

  test('begun in the same second as another is the latest when it was written last', () => {
    recorded('20261122T120000Z-bbbb', '20261122T120000Z-zzzz');
    expect(findRun('latest', env)).toContain('bbbb');
  });

  test('is found by its id, and by a beginning that no other has', () => {
    recorded('20261122T110000Z-aaaa', '20261122T120000Z-bbbb');
    expect(findRun('20261122T110000Z-aaaa', env)).toBe(join(folder, '20261122T110000Z-aaaa.jsonl'));
    expect(findRun('20261122T12', env)).toBe(join(folder, '20261122T120000Z-bbbb.jsonl'));
    expect(message('20261122T1')).toMatch(/begins 2 runs; type more of one: 20261122T120000Z-bbbb, /);
  });

  test('is found by its file, wherever that is', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'handrail-find-')), 'given.jsonl');
    writeFileSync(file, '');
    expect(findRun(file, env)).toBe(file);
    expect(message(`${file}.gone`)).toContain('there is no file');
  });

  test('that does not exist is told with those that do', () => {
    expect(message('latest')).toContain('there is no run in');
    expect(message('x')).toContain('none was recorded');
    recorded('20261122T110000Z-aaaa');
    expect(message('x')).toBe('there is no run and no file x; type latest, or one of: 20261122T110000Z-aaaa');
  });
});
