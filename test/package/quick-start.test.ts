import {execFileSync} from 'node:child_process';
import {mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {program} from '../../scripts/build/program.ts';

describe('the quick start', {timeout: 120_000}, () => {
  const folder = mkdtempSync(join(tmpdir(), 'handrail-start-'));
  const kept = join(folder, 'cache/handrail');
  const run = (file: string, args: readonly string[], cache = join(folder, 'cache')): string =>
    execFileSync(process.execPath, [join(folder, file), ...args], {
      encoding: 'utf8',
      env: {XDG_CACHE_HOME: cache},
    });
  const files = (): readonly string[] => readdirSync(kept).map((name) => join(kept, name));

  beforeAll(() => program('source/cli.ts', folder), 120_000);
  afterAll(() => rmSync(folder, {recursive: true}));

  it('keeps what was compiled for the next start, and for nobody else', () => {
    const first = run('handrail.cjs', ['check', 'delete-service-linked-role']);
    expect(files()).toHaveLength(2);
    for (const file of files()) expect(statSync(file).mode & 0o077).toBe(0);
    const before = files().map((file) => statSync(file).mtimeMs);
    expect(run('handrail.cjs', ['check', 'delete-service-linked-role'])).toBe(first);
    expect(files().map((file) => statSync(file).mtimeMs)).toEqual(before);
  });

  it('keeps more when a later start needs more', () => {
    rmSync(kept, {recursive: true});
    run('handrail.cjs', ['--version']);
    const [part = ''] = files();
    const {size} = statSync(part);
    run('handrail.cjs', ['check', 'delete-service-linked-role']);
    expect(files()).toHaveLength(2);
    expect(statSync(part).size).toBeGreaterThan(size);
  });

  it.each([
    ['half of it', (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
    ['a block of zeros', (bytes: Buffer) => Buffer.from(bytes).fill(0, 8192, 12_288)],
    ['one wrong byte', (bytes: Buffer) => Buffer.from(bytes).fill(bytes[9999]! ^ 255, 9999, 10_000)],
    ['nothing', () => Buffer.alloc(0)],
  ])('does not believe a file that holds %s, and replaces it', (_, damage) => {
    run('handrail.cjs', ['--version']);
    const [part = ''] = files();
    const whole = readFileSync(part);
    const damaged = damage(whole);
    writeFileSync(part, damaged);
    expect(run('handrail.cjs', ['--version'])).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect(statSync(part).size).toBeGreaterThan(whole.length / 2);
    expect(readFileSync(part).equals(damaged)).toBe(false);
  });

  it('starts where nothing can be kept', () => {
    expect(run('handrail.cjs', ['--version'], '/dev/null')).toMatch(/^\d/);
    expect(run('handrail.cjs', ['--version'], '')).toMatch(/^\d/);
  });

  it('is not needed: the bundle is a module that runs by itself', () => {
    writeFileSync(join(folder, 'package.json'), '{"type": "module"}');
    expect(run('main.js', ['check', 'delete-service-linked-role'])).toContain('no problems');
  });

  it('says where in the bundle an error was thrown', () => {
    const lines = readFileSync(join(folder, 'main.js'), 'utf8').split('\n');
    const [, , , ...places] = (lines[0] ?? '').trim().split(' ').map(Number);
    expect(lines[places[2] ?? 0]).toMatch(/^\(async \(handrailParts\)/);
    expect(lines[places[5] ?? 0]).toMatch(/^\(\(handrailParts\)/);
  });
});
