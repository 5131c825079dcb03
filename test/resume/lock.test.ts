import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {isLocked, lockJournal} from '../../source/journal/lock.ts';
import {readJournal} from '../../source/journal/read.ts';
import {bundleChild, removeChild} from '../crash/bundle.ts';
import type {Child} from '../crash/child-process.ts';
import {openWorld, type World} from '../crash/world.ts';

let bundle: string;
beforeAll(async () => {
  bundle = await bundleChild();
});
afterAll(() => removeChild(bundle));

/** A run in a process of its own that is held up in the middle: its next request waits for as long as it takes. */
async function heldRun(test: (world: World, first: Child, file: string) => Promise<void>): Promise<void> {
  const world = await openWorld(bundle);
  try {
    const held = Promise.withResolvers<void>();
    world.gate.watch = (_moment, {number}) => {
      if (number < 30) return 'pass';
      held.resolve();
      return 'stop';
    };
    const first = world.start();
    const early = first.ended.then(({said}) => Promise.reject(new Error(`it ended early: ${said}`)));
    await Promise.race([held.promise, early]);
    await test(world, first, world.journal() ?? '');
    await first.kill();
  } finally {
    await world.close();
  }
}

describe('the lock of a journal', () => {
  it('tells a second runner who holds it and since when', () =>
    heldRun(async (world, first, file) => {
      const second = await world.start().ended;
      expect(second.code).toBe(1);
      const [since] = /(?<= since )[-0-9T:.]+Z/.exec(second.said) ?? [];
      expect(second.said).toContain(`is being run by process ${first.process.pid} of `);
      // The lock is taken before the first record is written.
      expect(Date.parse(since ?? '')).toBeLessThanOrEqual(readJournal(file).events[0]?.at ?? 0);
    }));

  it('refuses a second runner also while the first is suspended', () =>
    heldRun(async (_world, first, file) => {
      first.process.kill('SIGSTOP');
      await expect(lockJournal(file, 0)).rejects.toThrow(
        new RegExp(`process ${first.process.pid} of .*, which is suspended or busy`),
      );
      expect(isLocked(file)).toBe(true);
      first.process.kill('SIGCONT');
      await expect(lockJournal(file, 0)).rejects.toThrow(`process ${first.process.pid}`);
    }));

  it('is gone with kill -9, also of a suspended process, and the run goes on', () =>
    heldRun(async (world, first, file) => {
      expect(isLocked(file)).toBe(true);
      first.process.kill('SIGSTOP');
      await first.kill();
      expect(isLocked(file)).toBe(false);
      world.gate.watch = () => 'pass';
      expect(await world.start().ended).toMatchObject({code: 0});
    }));

  it('writes nothing into the journal of a run that another process holds', () =>
    heldRun(async (world, first, file) => {
      first.process.kill('SIGSTOP');
      const {head} = readJournal(file);
      expect(await world.start().ended).toMatchObject({code: 1});
      expect(readJournal(file).head).toBe(head);
    }));
});
