import {join} from 'node:path';
import {afterAll, beforeAll, expect, it} from 'vitest';
import {exitCodes} from '../../../source/cli/exit-codes.ts';
import {EngineClient} from '../../../source/host/engine-client.ts';
import type {History} from '../../../source/host/messages.ts';
import {newRunId} from '../../../source/journal/folder.ts';
import {hostRun, submitted} from './host-run.ts';
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
    trouble: {kind: 'kill', step: 'turn', nth: 5, moment: 'decided'},
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

it('answers that were given with the order need nobody, and a second run in the account is refused until the first is over', async () => {
  const engine = new EngineClient(world.server.ingress);
  const refusals: Promise<History>[] = [];
  const run = await hostRun(world, {
    scenario: small,
    answers: {yes: true, confirm: ['AWSServiceRoleForImageBuilder'], waive: []},
    answer: () => ({accepted: false, by: 'nobody', missing: 'an operator'}),
    published: (events) => {
      if (events[0]?.type === 'run-started') refusals.push(secondRunOf(engine));
    },
  });
  expect(run.exitCode).toBe(0);
  const answered = run.events.flatMap((event) => (event.type === 'answered' ? [event.by] : []));
  expect(answered).toEqual(['kim with --yes', 'kim with --confirm']);
  const [refusal] = await Promise.all(refusals);
  expect(refusal?.refused).toMatchObject({exitCode: exitCodes.needsOperator});
  expect(refusal?.refused?.message).toMatch(/^another run works on account 123456789012: .*--second-run/);
  const next = await hostRun(world, {scenario: small});
  expect(next.exitCode).toBe(0);
});

/** What becomes of another run in the same account. */
async function secondRunOf(engine: EngineClient): Promise<History> {
  const run = newRunId(Date.now(), Math.random);
  await submitted(engine, run, 'delete-service-linked-role', []);
  for (;;) {
    const about = await engine.about(run);
    if (about.at !== undefined || about.refused !== undefined) return {...about, batches: []};
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
