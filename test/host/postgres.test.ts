import {join} from 'node:path';
import {afterAll, beforeAll, expect, it} from 'vitest';
import {databaseRun, engineOn} from './database/database-run.ts';
import {openDatabaseWorld, type DatabaseWorld} from './database/database-world.ts';
import {problemsIn} from './kills/judge.ts';
import {creation, lossIn, operation} from './kills/lost-once.ts';

// `npm run test:host:database` kills workers at each request, and the server. Here is one of each kind of call.
const scenario = join(import.meta.dirname, '../crash/one-region.yaml');

let world: DatabaseWorld;
beforeAll(async () => {
  world = await openDatabaseWorld();
});
afterAll(() => world.close());

it('a run in a database outlives a worker that dies in a change, and nothing is done twice', async () => {
  let killed = false;
  const run = await databaseRun(world, {
    scenario,
    // AWS has done it, and the worker never hears of it.
    dies: (moment, {path}) => {
      const dies = moment === 'performed' && !killed && path.includes('CancelImageCreation');
      killed ||= dies;
      return dies;
    },
  });
  expect(run.exitCode).toBe(0);
  expect(run.deaths).toBe(1);
  expect(problemsIn(run, run)).toEqual([]);
  const engine = engineOn(world.server.url);
  expect(await engine.runs()).toMatchObject([{by: 'kim', account: '123456789012', mode: 'live'}]);
  await engine.close();
});

it('a call that must not be made twice, in flight when its worker dies, is made once and put to the operator', async () => {
  let killed = false;
  const run = await databaseRun(world, {
    ...creation,
    dies: (moment, {body}) => {
      const dies = moment === 'performed' && !killed && body.includes(`Action=${operation}`);
      killed ||= dies;
      return dies;
    },
  });
  expect(lossIn(run)).toEqual({
    made: 1,
    sentBefore: 1,
    sent: 2,
    faults: ['AnswerLost'],
    asked: ['confirm', 'resend'],
    status: 'done',
  });
});
