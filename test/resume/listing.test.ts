import {execFile} from 'node:child_process';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {afterEach, describe, expect, it} from 'vitest';
import {findRun} from '../../source/journal/find-run.ts';
import {readJournal} from '../../source/journal/read.ts';
import {lockJournal} from '../../source/journal/lock.ts';
import {appendFileSync, readFileSync, writeFileSync} from 'node:fs';
import {wholeProgram} from '../support/whole-program.ts';
import {openBench, type Bench} from './cut-off.ts';
import {oneRegion} from './one-region.ts';

const root = join(import.meta.dirname, '../..');
const run = promisify(execFile);
const [command, ...options] = wholeProgram;

let bench: Bench;
afterEach(() => bench.close());

interface Said {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The real command line, in the bench's state folder. */
async function handrail(...args: readonly string[]): Promise<Said> {
  const env = {PATH: process.env['PATH'], XDG_STATE_HOME: bench.account.stateHome};
  try {
    const said = await run(command, [...options, ...args], {cwd: root, env});
    return {code: 0, ...said};
  } catch (error) {
    const {code, stdout, stderr} = error as Said;
    return {code, stdout, stderr};
  }
}

/** A journal, left by a run that was interrupted. */
async function leftRun(): Promise<string> {
  bench = await openBench(oneRegion());
  await bench.begin({published: ({changes}, _events, hands) => void (changes.length > 0 && hands.stop())});
  return findRun('latest', bench.env);
}

/** How the newest run stands, by the list. */
async function statusNow(): Promise<unknown> {
  const [first] = JSON.parse((await handrail('runs', '--json')).stdout) as readonly {status: string}[];
  return first?.status;
}

describe('handrail runs', () => {
  it('lists each run with its state, account, progress, age and how to go on', async () => {
    const {run: id} = readJournal(await leftRun());
    const {code, stdout} = await handrail('runs');
    expect(code).toBe(0);
    const line = stdout.split('\n').find((one) => one.startsWith(id)) ?? '';
    expect(line).toMatch(/can be resumed/);
    expect(line).toMatch(/123456789012 cut-off/);
    expect(line).toMatch(/interrupted at step \d+ of \d+/);
    expect(line).toContain(`handrail resume ${id}`);
    expect(line).toMatch(/ \d+ min /);
  });

  it('tells a run that another process holds, one that is over, and one that is damaged', async () => {
    const file = await leftRun();
    const lock = await lockJournal(file, Date.now());
    expect(await statusNow()).toBe('running');
    lock.release();
    expect(await bench.goOn()).toMatchObject({exitCode: 0});
    expect(await statusNow()).toBe('finished');
    writeFileSync(file, readFileSync(file, 'utf8').replace('"run-started"', '"run-starteD"'));
    expect(await statusNow()).toBe('damaged');
  });
});

describe('handrail verify', () => {
  it('gives the number of records, the version and the head hash', async () => {
    const file = await leftRun();
    const {events, head} = readJournal(file);
    const {code, stdout} = await handrail('verify', 'latest');
    expect(code).toBe(0);
    expect(stdout).toContain(`records   ${events.length}`);
    expect(stdout).toContain('format    version 1');
    expect(stdout).toContain(`head      ${head}`);
    expect(stdout).not.toContain('torn');
  });

  it('reports what a crash has torn off', async () => {
    const file = await leftRun();
    appendFileSync(file, '{"version":1,"seq');
    const {code, stdout} = await handrail('verify', 'latest');
    expect(code).toBe(0);
    expect(stdout).toMatch(/torn +the last 17 bytes/);
  });

  it('refuses a journal in which a byte was changed, with its line', async () => {
    const file = await leftRun();
    const lines = readFileSync(file, 'utf8').split('\n');
    lines[4] = lines[4]?.replace('"at":1', '"at":2') ?? '';
    writeFileSync(file, lines.join('\n'));
    const {code, stderr} = await handrail('verify', 'latest');
    expect(code).toBe(1);
    expect(stderr).toContain(`${file}:5: its hash does not fit`);
  });
});
