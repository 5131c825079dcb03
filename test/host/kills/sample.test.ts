import {join} from 'node:path';
import {afterAll, beforeAll, expect, it} from 'vitest';
import {hostRun} from './host-run.ts';
import {openHostWorld, type HostWorld} from './host-world.ts';
import {lostOnce} from './lost-once.ts';
import {problemsIn} from './judge.ts';

// `npm run test:host` kills at every event. Here is one of each kind, in an account of one Region.
const small = join(import.meta.dirname, '../../crash/one-region.yaml');

let world: HostWorld;
beforeAll(async () => {
  world = await openHostWorld();
});
afterAll(() => world.close());

it('handlers that are warm and cold in turn, each cut off behind each step, and a dead worker change nothing in a run', async () => {
  const undisturbed = await hostRun(world, {scenario: small});
  expect(problemsIn(undisturbed, undisturbed)).toEqual([]);
  const twins = await hostRun(world, {scenario: small, trouble: {kind: 'twins'}});
  expect(problemsIn(twins, undisturbed)).toEqual([]);
  const killed = await hostRun(world, {
    scenario: small,
    trouble: {kind: 'kill', step: 'turn', nth: 9, moment: 'decided'},
  });
  expect(killed.deaths).toBe(1);
  expect(problemsIn(killed, undisturbed)).toEqual([]);
});

it('a call that must not be made twice, in flight when its worker dies, is made once and put to the operator', async () => {
  expect(await lostOnce(world)).toEqual({
    made: 1,
    sentBefore: 1,
    sent: 2,
    faults: ['AnswerLost'],
    asked: ['confirm', 'resend'],
    status: 'done',
  });
});
