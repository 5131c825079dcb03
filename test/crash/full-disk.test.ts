import {execFileSync} from 'node:child_process';
import {chmodSync, mkdirSync, rmSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {readJournal} from '../../source/journal/read.ts';
import {bundleChild, removeChild} from './bundle.ts';
import type {ChildEnd} from './child-process.ts';
import {problemsIn} from './judge.ts';
import {mutationsIn, unannounced} from './mutations.ts';
import {uncrashedRun, type Uncrashed} from './uncrashed.ts';
import {openWorld, type World} from './world.ts';

const everywhere = process.env['HANDRAIL_MATRIX'] === 'all';

let bundle: string;
let uncrashed: Uncrashed;
beforeAll(async () => {
  bundle = await bundleChild();
  uncrashed = await uncrashedRun(bundle);
});
afterAll(() => removeChild(bundle));

async function inWorld(test: (world: World) => Promise<void>): Promise<void> {
  const world = await openWorld(bundle);
  try {
    await test(world);
  } finally {
    await world.close();
  }
}

/** A shell that lets no file grow beyond so many blocks of 512 bytes, before it becomes the child. */
function limitedTo(blocks: number): readonly string[] {
  return ['sh', '-c', `ulimit -f ${blocks} && exec "$@"`, 'sh'];
}

/** Stopped with the reason, and AWS was told nothing that is not in the journal's whole records. */
function expectStopped(world: World, {code, said}: ChildEnd, reason: string): void {
  expect(said).toContain('the journal');
  expect(said).toContain(reason);
  expect(said).not.toContain('    at ');
  expect(code).toBe(1);
  const file = world.journal();
  const events = file === undefined ? [] : readJournal(file).events;
  expect(unannounced(world.simulator.requests, events)).toEqual([]);
}

/** Mounts an empty file system in memory over the journal folder; false where that is not allowed. */
function mountOver(folder: string, options: string): boolean {
  mkdirSync(folder, {recursive: true});
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder], {stdio: 'ignore'});
    return true;
  } catch {
    return false;
  }
}

describe('a run whose journal cannot be written', () => {
  // In blocks: within the first record, after it, before, in and after the changes, and near the end. `npm run test:crash`
  // has them all.
  it.each(everywhere ? [9, 61, 97, 145, 200] : [9, 97, 145])(
    'stops when its file can grow to %i blocks and no further, and goes on once it can',
    (blocks) =>
      inWorld(async (world) => {
        const stopped = await world.start(undefined, limitedTo(blocks)).ended;
        expectStopped(world, stopped, 'EFBIG');
        // A short write leaves the file full to the last byte.
        const file = world.journal();
        if (file !== undefined) expect(statSync(file).size).toBe(blocks * 512);
        expect(await world.start().ended).toMatchObject({code: 0});
        expect(problemsIn(world, uncrashed)).toEqual([]);
      }),
  );

  it('stops when the disk is full, and goes on once it is not', (context) =>
    inWorld(async (world) => {
      const folder = join(world.stateHome, 'handrail');
      if (!mountOver(folder, 'size=88k')) return context.skip('file systems cannot be mounted here');
      try {
        expectStopped(world, await world.start().ended, 'ENOSPC');
        expect(mutationsIn(world.simulator.requests).length).toBeGreaterThan(0);
        execFileSync('mount', ['-o', 'remount,size=4m', folder]);
        expect(await world.start().ended).toMatchObject({code: 0});
        expect(problemsIn(world, uncrashed)).toEqual([]);
      } finally {
        execFileSync('umount', [folder]);
      }
    }));

  it('does not begin in a folder that is read-only', (context) =>
    inWorld(async (world) => {
      const folder = join(world.stateHome, 'handrail');
      const asRoot = process.getuid?.() === 0;
      if (asRoot && !mountOver(folder, 'ro')) return context.skip('file systems cannot be mounted here');
      if (!asRoot) {
        mkdirSync(folder);
        chmodSync(folder, 0o500);
      }
      try {
        expectStopped(world, await world.start().ended, asRoot ? 'EROFS' : 'EACCES');
        expect(mutationsIn(world.simulator.requests)).toEqual([]);
      } finally {
        if (asRoot) execFileSync('umount', [folder]);
      }
    }));

  it('does not begin where its folder cannot be made', () =>
    inWorld(async (world) => {
      rmSync(world.stateHome, {recursive: true});
      execFileSync('touch', [world.stateHome]);
      const {code, said} = await world.start().ended;
      expect(said).toMatch(/the journal folder .* cannot be made: E(NOTDIR|EXIST)/);
      expect(code).toBe(1);
      expect(mutationsIn(world.simulator.requests)).toEqual([]);
    }));
});
