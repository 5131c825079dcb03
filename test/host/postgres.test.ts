import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, it} from 'vitest';
import {exitCodes} from '../../source/cli/exit-codes.ts';
import type {Engine} from '../../source/host/engine.ts';
import {newRunId} from '../../source/journal/folder.ts';
import {loadScenario} from '../../source/simulator/scenario/load.ts';
import {startSimulator} from '../../source/simulator/server.ts';
import {wholeProgram} from '../support/whole-program.ts';
import {databaseRun, engineOn} from './database/database-run.ts';
import {openDatabaseWorld, type DatabaseWorld} from './database/database-world.ts';
import {submitted} from './kills/host-run.ts';
import {problemsIn} from './kills/judge.ts';
import {creation, lossIn, operation} from './kills/lost-once.ts';
import {typedUnder} from './typed-under.ts';

// `npm run test:host:database` kills workers at each request, and the server. Here is one of each kind of call.
const scenario = join(import.meta.dirname, '../crash/one-region.yaml');

const root = join(import.meta.dirname, '../..');
/** The database's address on the page. */
const onPage = 'postgres://127.0.0.1/handrail';

let world: DatabaseWorld;
beforeAll(async () => {
  world = await openDatabaseWorld();
}, 240_000);
afterAll(() => world.close());

it('a run in a database outlives a worker that dies in a change, nothing is done twice, and no second run begins beside it', async () => {
  const engine = engineOn(world.server.url);
  const others: Promise<unknown>[] = [];
  let killed = false;
  const run = await databaseRun(world, {
    scenario,
    published: (events) => {
      if (events[0]?.type === 'run-started') others.push(otherRun(engine));
    },
    beforeAnswer: () => Promise.all(others),
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
  expect(await Promise.all(others)).toMatchObject([
    {
      exitCode: exitCodes.needsOperator,
      message: expect.stringMatching(/^another run works on account 123456789012: /),
    },
  ]);
  expect(await engine.runs()).toMatchObject([{by: 'kim', account: '123456789012', mode: 'live'}]);
  await engine.close();
}, 240_000);

it('the commands of the page take a team from nothing to a shared run', async () => {
  const simulator = await startSimulator(loadScenario(scenario));
  world.gate.target = simulator.endpoint;
  const [create = '', install = '', host = '', submit = '', ...rest] = typedUnder('On PostgreSQL');
  expect(create).toBe('createdb handrail');
  // Both are installed here already: in the versions that the page names.
  expect(install).toMatch(/^npm install --prefix ~\/.local\/share\/handrail\/clients /);
  const {devDependencies} = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    readonly devDependencies: Readonly<Record<string, string>>;
  };
  for (const name of ['@dbos-inc/dbos-sdk', 'pg'])
    expect(install).toContain(` ${name}@${devDependencies[name]}`);
  // The world's workers were started so, with their own database.
  expect(host).toBe(`handrail host --engine ${onPage}`);
  const {status, text} = await typed(submit);
  const run = /Run (\S+) has begun/.exec(text)?.[1] ?? '';
  expect({status, text}).toMatchObject({status: 0});
  for (const line of rest) {
    const said = await typed(line.replace('RUN', run));
    expect({line, ...said}).toMatchObject({status: 0});
    if (line.startsWith('handrail runs')) expect(said.text).toContain(run);
  }
  expect(rest.map((line) => line.split(' ')[1])).toEqual(['runs', 'attach', 'export', 'verify']);
  expect(simulator.requests.filter(({operation}) => operation.startsWith('Delete'))).toEqual([]);
  await simulator.close();
}, 240_000);

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
}, 240_000);

/** Why another run in the same account is refused. */
async function otherRun(engine: Engine): Promise<unknown> {
  const run = newRunId(Date.now(), Math.random);
  await submitted(engine, run, 'delete-service-linked-role', []);
  for (;;) {
    const {at, refused} = await engine.about(run);
    if (at !== undefined) throw new Error('it has begun');
    if (refused !== undefined) return refused;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Runs a command of the page, as an operator does who has no AWS keys. The gate is in this process, so it must not stand still. */
async function typed(line: string): Promise<{readonly status: number; readonly text: string}> {
  const [program, ...args] = wholeProgram;
  const [, ...words] = line.replace(onPage, world.server.url).split(' ');
  const child = spawn(program, [...args, ...words], {
    env: {
      PATH: process.env['PATH'],
      NODE_PATH: join(root, 'node_modules'),
      XDG_STATE_HOME: world.folder,
    },
    stdio: 'pipe',
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (text += String(chunk)));
  const [status] = (await once(child, 'close')) as [number];
  return {status, text};
}
