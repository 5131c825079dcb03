import {spawnSync} from 'node:child_process';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeEach, expect, it} from 'vitest';

// Node runs the code that lies in its compile cache, so nobody else may be able to put any there.
const folder = mkdtempSync(join(tmpdir(), 'handrail-compiled-'));
const program = join(folder, 'handrail.cjs');
copyFileSync(join(import.meta.dirname, '../../scripts/build/entry.cjs'), program);
writeFileSync(
  join(folder, 'main.mjs'),
  "import {getCompileCacheDir} from 'node:module'; process.stdout.write(getCompileCacheDir() ?? ''); process.exitCode = 0;",
);
afterAll(() => rmSync(folder, {recursive: true}));

const home = join(folder, 'home');
const shared = join(folder, 'tmp');
beforeEach(() => {
  for (const one of [home, shared]) {
    rmSync(one, {recursive: true, force: true});
    mkdirSync(one);
  }
});

/** Returns the folder in which a start kept what it compiled; '' for none. */
function keptIn(env: NodeJS.ProcessEnv): string {
  const {stdout, stderr, status} = spawnSync(process.execPath, [program], {
    env: {HOME: home, TMPDIR: shared, ...env},
    encoding: 'utf8',
  });
  expect([stderr, status]).toEqual(['', 0]);
  expect(readdirSync(shared)).toEqual([]);
  return stdout;
}

it.each([
  ['the home folder', {}, join(home, '.cache/handrail')],
  ['the cache folder that the user names', {XDG_CACHE_HOME: join(home, 'own')}, join(home, 'own/handrail')],
  ['the home folder when the name is relative', {XDG_CACHE_HOME: 'own'}, join(home, '.cache/handrail')],
])('keeps what is compiled in %s, for its owner only', (_, env, kept) => {
  expect(keptIn(env).startsWith(`${kept}/`)).toBe(true);
  expect(statSync(kept).mode & 0o777).toBe(0o700);
});

it('keeps nothing in a folder that others can write to', () => {
  const open = join(home, '.cache/handrail');
  mkdirSync(open, {recursive: true});
  chmodSync(open, 0o777);
  expect(keptIn({})).toBe('');
  expect(readdirSync(open)).toEqual([]);
});

it('keeps nothing behind a link', () => {
  mkdirSync(join(home, '.cache'));
  symlinkSync(shared, join(home, '.cache/handrail'));
  expect(keptIn({})).toBe('');
});

// Only root can give a folder away.
it.runIf(process.getuid?.() === 0)('keeps nothing in a folder of another user, as sudo may meet one', () => {
  const theirs = join(home, '.cache/handrail');
  mkdirSync(theirs, {recursive: true, mode: 0o700});
  chownSync(theirs, 12_345, 12_345);
  expect(keptIn({})).toBe('');
});

it('starts all the same without a place for it', () => {
  writeFileSync(join(home, '.cache'), 'a file');
  expect(keptIn({})).toBe('');
});

it('follows the user who names a folder of Node, or wants none', () => {
  const named = join(home, 'named');
  expect(keptIn({NODE_COMPILE_CACHE: named}).startsWith(named)).toBe(true);
  expect(keptIn({NODE_DISABLE_COMPILE_CACHE: '1'})).toBe('');
  expect(readdirSync(home)).toEqual(['named']);
});
