import {once} from 'node:events';
import {spawn, type ChildProcess} from 'node:child_process';
import {createRequire} from 'node:module';
import {join} from 'node:path';
import * as dbos from '@dbos-inc/dbos-sdk';
import type {Command} from '../../../source/engine/decide/operator-commands.ts';
import type {Event, Question} from '../../../source/engine/model/events.ts';
import type {Answer} from '../../../source/engine/model/ports.ts';
import {DatabaseEngine} from '../../../source/host/dbos/database-engine.ts';
import type {Pg} from '../../../source/host/dbos/sdk.ts';
import type {PresetAnswers} from '../../../source/host/messages.ts';
import {newRunId} from '../../../source/journal/folder.ts';
import {attach} from '../../../source/runs/host/attach.ts';
import {exportRun} from '../../../source/runs/host/export-run.ts';
import {simulatedCredentials} from '../../../source/runs/simulated-credentials.ts';
import {systemClock} from '../../../source/runs/system-clock.ts';
import {loadScenario} from '../../../source/simulator/scenario/load.ts';
import {startSimulator} from '../../../source/simulator/server.ts';
import {openGate, type GatedRequest, type Moment} from '../../crash/gate.ts';
import {recordingView} from '../../support/recording-view.ts';
import {untilSaid} from '../../support/until-said.ts';
import {wholeProgram} from '../../support/whole-program.ts';
import {submitted, yes, type HostRun} from '../kills/host-run.ts';

export interface DatabaseRunOptions {
  /** The file of a scenario. */
  readonly scenario: string;
  readonly runbook?: string;
  readonly inputs?: readonly string[];
  readonly answers?: PresetAnswers;
  readonly answer?: (question: Question) => Answer;
  /** Asked at every moment of every request to AWS whether the worker dies there. */
  readonly dies?: (moment: Moment, request: GatedRequest) => boolean;
  /** Called with each batch. A server that it kills is to be started again by it. */
  readonly published?: (events: readonly Event[], hands: Hands) => void;
}

/** What a test can do while a run goes on. */
interface Hands {
  /** A command of the operator's. */
  steer(command: Command): void;
}

// It comes without types.
const pg = createRequire(import.meta.url)('pg') as Pg;
const packages = join(import.meta.dirname, '../../../node_modules');
/** A run that takes longer stands still (ms). */
const patienceMs = 240_000;

/** Starts a worker: again where its database is away. */
async function startedAtLast(start: () => Promise<ChildProcess>): Promise<ChildProcess> {
  for (;;) {
    try {
      return await start();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }
}

export function engineOn(address: string): DatabaseEngine {
  return new DatabaseEngine({dbos, pg}, address);
}

/** Starts `handrail host` for a database. Resolves when it works, or waits for another one's end. */
async function databaseWorker(address: string, aws: string): Promise<ChildProcess> {
  const [program, ...words] = wholeProgram;
  const worker = spawn(program, [...words, 'host', '--engine', address], {
    env: {
      PATH: process.env['PATH'],
      NODE_PATH: packages,
      AWS_ENDPOINT_URL: aws,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: simulatedCredentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: simulatedCredentials.secretAccessKey,
    },
    stdio: 'pipe',
  });
  await untilSaid(worker, (said) => /A worker works|This one waits/.test(said) || undefined);
  return worker;
}

/** Takes a run from its submission to its exported journal. Two workers are there at any time: one works, one waits. */
export async function databaseRun(
  address: string,
  folder: string,
  options: DatabaseRunOptions,
): Promise<HostRun> {
  const {
    scenario,
    runbook = 'delete-service-linked-role',
    inputs = ['pollSeconds=0.1', 'retryWaitSeconds=0.1'],
  } = options;
  const simulator = await startSimulator(loadScenario(scenario), {speed: 20});
  let workers: readonly ChildProcess[] = [];
  let over = false;
  let deaths = 0;
  let diedAt: number | undefined;
  let gapMs = 0;
  const gate = await openGate(simulator.endpoint);
  gate.watch = (moment, request) => {
    if (options.dies?.(moment, request) !== true) return 'pass';
    workers.find((worker) => !worker.killed && worker.exitCode === null)?.kill('SIGKILL');
    return 'stop';
  };
  const start = (): Promise<ChildProcess> => databaseWorker(address, gate.endpoint);
  workers = [await start(), await start()];
  const shifts = (async () => {
    for (;;) {
      const [first, ...rest] = workers;
      if (first === undefined) return;
      if (first.signalCode === null && first.exitCode === null) await once(first, 'exit');
      if (over) return;
      deaths += 1;
      diedAt ??= performance.now();
      workers = rest;
      workers = [...rest, await startedAtLast(start)];
    }
  })();
  const engine = engineOn(address);
  try {
    const run = newRunId(Date.now(), Math.random);
    await submitted(engine, run, runbook, inputs, options.answers);
    let steer: Hands['steer'] | undefined;
    const hands: Hands = {steer: (command) => steer?.(command)};
    const recording = recordingView(options.answer ?? yes, (_state, events) => {
      if (diedAt !== undefined) gapMs = Math.max(gapMs, performance.now() - diedAt);
      diedAt = undefined;
      options.published?.(events, hands);
    });
    const view = {...recording, steering: (handler: Hands['steer']) => void (steer = handler)};
    const gently = AbortSignal.timeout(patienceMs);
    const stopper = {interruption: {gently, atOnce: gently}, stop: () => {}, release: () => {}};
    const exitCode = await attach({engine, run, by: 'kim'}, {view, stopper, clock: systemClock, env: {}});
    if (gently.aborted)
      throw new Error(`run ${run} stands still at ${JSON.stringify(view.events.slice(-3)).slice(0, 2000)}`);
    const {file} = await exportRun(engine, run, {XDG_STATE_HOME: folder});
    const {events, questions} = view;
    const requests = [...simulator.requests];
    return {exitCode, events, questions, requests, after: simulator.account(), journal: file, deaths, gapMs};
  } finally {
    over = true;
    for (const worker of workers) worker.kill('SIGKILL');
    await shifts;
    await engine.close();
    await gate.close();
    await simulator.close();
  }
}
