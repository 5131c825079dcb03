import {spawnSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {setImmediate as nextTurn} from 'node:timers/promises';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {thisPlace, type Place} from '../../source/journal/lease/place.ts';
import {isLocked, lockJournal, type Lock} from '../../source/journal/lock.ts';
import {readJournal} from '../../source/journal/read.ts';
import {bundleChild, removeChild} from '../crash/bundle.ts';
import type {Child} from '../crash/child-process.ts';
import {problemsIn} from '../crash/judge.ts';
import {uncrashedRun, type Uncrashed} from '../crash/uncrashed.ts';
import {openWorld, type World} from '../crash/world.ts';

const everywhere = process.env['HANDRAIL_MATRIX'] === 'all';

let bundle: string;
let uncrashed: Uncrashed;
beforeAll(async () => {
  bundle = await bundleChild();
  uncrashed = await uncrashedRun(bundle);
});
afterAll(() => removeChild(bundle));

/** A run in a process that waits for the answer to its nth request. */
async function heldRun(
  nth: number,
  test: (world: World, first: Child, file: string, answer: () => void) => Promise<void>,
): Promise<void> {
  const world = await openWorld(bundle);
  try {
    const held = Promise.withResolvers<void>();
    const answered = Promise.withResolvers<'pass'>();
    world.gate.watch = (_moment, {number}) => {
      if (number < nth) return 'pass';
      held.resolve();
      return answered.promise;
    };
    const first = world.start();
    const early = first.ended.then(({said}) => Promise.reject(new Error(`it ended early: ${said}`)));
    early.catch(() => undefined);
    await Promise.race([held.promise, early]);
    await test(world, first, world.journal() ?? '', () => answered.resolve('pass'));
    await first.kill();
  } finally {
    await world.close();
  }
}

/** Waits until what a process had sent before it was stopped has been read here: it lies in the sockets. */
async function arrived(): Promise<void> {
  for (let turn = 0; turn < 50; turn += 1) await nextTurn();
}

let sockets = 0;
/** Takes the lock as a process on another host, which shares the folder. It looks often, so that it need not wait. */
function takeFromAfar(file: string): Promise<Lock> {
  sockets += 1;
  const place: Place = {boot: 'another host', network: 'n', pids: 'p', pid: 1};
  return lockJournal(file, Date.now(), {
    here: {place, socket: `\0handrail-afar-${process.pid}-${sockets}`},
    everyMs: 20,
  });
}

const canUnshare = spawnSync('unshare', ['-rnpf', '--mount-proc', 'true']).status === 0;

/** What a second runner says that starts in namespaces made with these options; where they cannot be made, it acts as if. */
async function refusal(
  world: World,
  file: string,
  options: string,
  as: Partial<Place>,
): Promise<{readonly code: number | null; readonly said: string}> {
  if (canUnshare) return world.start(undefined, ['unshare', ...options.split(' ')]).ended;
  const here = {place: {...thisPlace(), ...as}, socket: `\0handrail-other-${process.pid}`};
  const refused = await lockJournal(file, 0, {here}).then(
    () => 'it got the lock',
    (error: Error) => error.message,
  );
  return {code: 1, said: refused};
}

describe('the lease of a journal, between processes', () => {
  it('refuses a second runner in another network namespace, at once and by name', () =>
    heldRun(30, async (world, first, file) => {
      const {code, said} = await refusal(world, file, '-rn', {network: 'another'});
      expect(said).toContain(`is being run by process ${first.process.pid} of `);
      expect(said).not.toContain('Watching');
      expect(code).toBe(1);
      expect(readJournal(file).events.some(({type}) => type === 'resumed')).toBe(false);
    }));

  it('refuses a second runner in a container, once it sees the first at work', () =>
    heldRun(30, async (world, first, file) => {
      const as = {network: 'another', pids: 'another'};
      const {code, said} = await refusal(world, file, '-rnpf --mount-proc', as);
      expect(said).toContain(`is being run by process ${first.process.pid} of `);
      expect(code).toBe(1);
    }));

  // `npm run test:crash` has all three.
  it.each(everywhere ? [20, 45, 90] : [45])(
    'keeps a runner that was suspended at request %i, and overtaken, from sending and writing anything more',
    (nth) =>
      heldRun(nth, async (world, first, file, answer) => {
        first.process.kill('SIGSTOP');
        const taker = await takeFromAfar(file);
        await arrived();
        const before = readFileSync(file, 'utf8');
        const sent = world.gate.count;
        // The answer that it waits for comes: it would go on with the next step now.
        answer();
        first.process.kill('SIGCONT');
        const {code, said} = await first.ended;
        expect(said).toContain('taken over by process');
        expect(said).toContain('sends and writes nothing more');
        expect(code).toBe(5);
        // One that was stopped right between its look at the lease and its write may come: docs/journal.md says so.
        expect(world.gate.count).toBeLessThanOrEqual(sent + 1);
        expect(readFileSync(file, 'utf8')).toBe(before);
        taker.check();
        taker.release();
        expect(await world.start().ended).toMatchObject({code: 0});
        expect(problemsIn(world, uncrashed)).toEqual([]);
      }),
  );

  it('of a process that was killed with -9 is followed at once', () =>
    heldRun(30, async (world, first, file) => {
      await first.kill();
      expect(isLocked(file)).toBe(false);
      const said: string[] = [];
      (await lockJournal(file, 0, {say: (text) => said.push(text)})).release();
      expect(said).toEqual([]);
      world.gate.watch = () => 'pass';
      expect(await world.start().ended).toMatchObject({code: 0});
    }));
});
