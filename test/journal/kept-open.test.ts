import {mkdtempSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {keptOpen} from '../../source/journal/lease/kept-open.ts';

const beginning = Buffer.from('token');

function fileOf(text: string): string {
  const file = join(mkdtempSync(join(tmpdir(), 'handrail-kept-')), 'lease');
  writeFileSync(file, text);
  return file;
}

describe.runIf(process.platform === 'linux')('a file that is kept open', () => {
  it('is told from any other that has its name, even one with the same text', () => {
    const file = fileOf('token 1');
    const kept = keptOpen(file, beginning);
    expect(kept?.isNamed()).toBe(true);
    writeFileSync(file, 'token 2');
    expect(kept?.isNamed()).toBe(true);
    writeFileSync(`${file}.other`, 'token 2');
    renameSync(`${file}.other`, file);
    expect(kept?.isNamed()).toBe(false);
    kept?.close();
  });

  it('is told from none', () => {
    const file = fileOf('token 1');
    const kept = keptOpen(file, beginning);
    rmSync(file);
    expect(kept?.isNamed()).toBe(false);
    // While it is open, no new file can have its number.
    writeFileSync(file, 'token 1');
    expect(kept?.isNamed()).toBe(false);
    kept?.close();
  });

  it('is none that begins otherwise, or that is not there', () => {
    const file = fileOf('taken over');
    expect(keptOpen(file, beginning)).toBeUndefined();
    expect(keptOpen(`${file}.gone`, beginning)).toBeUndefined();
  });
});
