import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, it} from 'vitest';
import {readJournal} from '../../source/journal/read.ts';
import {PostgresServer} from '../support/postgres-server.ts';
import {databaseRun, engineOn} from './database/database-run.ts';
import {problemsIn} from './kills/judge.ts';
import {creation, lossIn, operation} from './kills/lost-once.ts';

// `npm run test:host` kills workers at each request, and the server. Here is one of each kind, in an account of one Region.
const scenario = join(import.meta.dirname, '../crash/one-region.yaml');

const folder = mkdtempSync(join(tmpdir(), 'handrail-host-'));
let server: PostgresServer;
beforeAll(async () => {
  server = await PostgresServer.start();
});
afterAll(async () => {
  await server.close();
  rmSync(folder, {recursive: true, force: true});
});

it('a run in a database outlives its worker, and nothing is done twice', async () => {
  let killed = false;
  const run = await databaseRun(server.url, folder, {
    scenario,
    // AWS has done it, and the worker never hears of it.
    dies: (moment, {body, path}) => {
      const changes = moment === 'performed' && !killed && /CancelImageCreation/.test(path + body);
      killed ||= changes;
      return changes;
    },
  });
  expect(run.exitCode).toBe(0);
  expect(run.deaths).toBe(1);
  expect(problemsIn(run, run)).toEqual([]);
  expect(readJournal(run.journal).events.at(-1)).toMatchObject({type: 'run-ended', status: 'done'});
  const engine = engineOn(server.url);
  expect(await engine.runs()).toMatchObject([{by: 'kim', account: '123456789012', mode: 'live'}]);
  await engine.close();
});

it('a call that must not be made twice, in flight when its worker dies, is made once and put to the operator', async () => {
  let killed = false;
  const run = await databaseRun(server.url, folder, {
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
