import {spawnSync} from 'node:child_process';
import {copyFileSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, describe, expect, it} from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'handrail-fitted-'));
const program = join(folder, 'handrail.cjs');
copyFileSync(join(import.meta.dirname, '../../scripts/build/entry.cjs'), program);
// Works until V8 has optimized a function, or five seconds of the processor are used.
writeFileSync(
  join(folder, 'main.mjs'),
  `import {getHeapSpaceStatistics} from 'node:v8';
  function work() { let sum = 0; for (let at = 0; at < 1e5; at += 1) sum += String(at).length; return sum; }
  const optimized = new Function('work', 'return %ActiveTierIsTurbofan(work) || %ActiveTierIsMaglev(work)');
  const used = () => { const {user, system} = process.cpuUsage(); return (user + system) / 1e6; };
  while (!optimized(work) && used() < 5) { work(); await new Promise((resolve) => setTimeout(resolve, 0)); }
  const seconds = used();
  const kept = [];
  for (let at = 0; at < 4e5; at += 1) { kept.push({at}); if (at % 1e5 === 0) await new Promise((resolve) => setTimeout(resolve, 21)); }
  const young = getHeapSpaceStatistics().find(({space_name}) => space_name === 'new_space').space_size / 2 ** 20;
  process.stdout.write(JSON.stringify({seconds, young}));
  process.exitCode = 0;`,
);
afterAll(() => rmSync(folder, {recursive: true}));

interface Fitted {
  /** Time of the processor, in s, after which V8 had optimized what was called all the time. */
  readonly seconds: number;
  /** Size of the heap's part for new values, in MiB. */
  readonly young: number;
}

function fittedTo(...words: readonly string[]): Fitted {
  const env = {...process.env, NODE_COMPILE_CACHE: join(folder, 'cache')};
  const {stdout, stderr} = spawnSync(process.execPath, ['--allow-natives-syntax', program, ...words], {
    env,
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  return JSON.parse(stdout) as Fitted;
}

describe('V8, fitted to the command', () => {
  it('optimizes nothing for a run until three seconds of the processor are used, and then does', () => {
    const {seconds, young} = fittedTo('run', 'delete-service-linked-role');
    expect(seconds).toBeGreaterThan(3);
    expect(seconds).toBeLessThan(5);
    expect(young).toBeLessThanOrEqual(16);
  });

  it('optimizes at once, in a small heap, what works through a journal', () => {
    const {seconds, young} = fittedTo('verify', 'a-journal');
    expect(seconds).toBeLessThan(3);
    expect(young).toBeLessThanOrEqual(2);
  });

  it('gives the values of a fleet more room', () => {
    const {seconds, young} = fittedTo('--no-color', 'fleet', 'delete-service-linked-role');
    expect(seconds).toBeLessThan(3);
    expect(young).toBeGreaterThan(4);
  });
});
