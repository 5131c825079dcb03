import {createRequire} from 'node:module';
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
import {systemClock} from '../../../source/runs/system-clock.ts';
import {loadScenario} from '../../../source/simulator/scenario/load.ts';
import {startSimulator} from '../../../source/simulator/server.ts';
import type {GatedRequest, Moment} from '../../crash/gate.ts';
import {recordingView} from '../../support/recording-view.ts';
import {submitted, yes, type HostRun} from '../kills/host-run.ts';
import type {DatabaseWorld} from './database-world.ts';

export interface DatabaseRunOptions {
  /** The file of a scenario. */
  readonly scenario: string;
  readonly runbook?: string;
  readonly inputs?: readonly string[];
  /** Simulated seconds in a real one; 1 when left out. */
  readonly speed?: number;
  readonly answers?: PresetAnswers;
  readonly answer?: (question: Question) => Answer;
  /** The operator waits for it with each answer. */
  readonly beforeAnswer?: () => Promise<unknown>;
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
/** A run that takes longer stands still (ms). */
const patienceMs = 240_000;

export function engineOn(address: string): DatabaseEngine {
  return new DatabaseEngine({dbos, pg}, address);
}

/** Resolves when a run has begun. */
async function begun(engine: DatabaseEngine, run: string): Promise<void> {
  for (;;) {
    const {at, refused} = await engine.about(run);
    if (refused !== undefined) throw new Error(refused.message);
    if (at !== undefined) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Takes a run from its submission to its exported journal. */
export async function databaseRun(world: DatabaseWorld, options: DatabaseRunOptions): Promise<HostRun> {
  const {scenario, speed = 1, runbook = 'delete-service-linked-role'} = options;
  const {inputs = ['pollSeconds=0.1', 'retryWaitSeconds=0.1']} = options;
  const simulator = await startSimulator(loadScenario(scenario), {speed});
  const {gate, folder, deaths} = world;
  gate.target = simulator.endpoint;
  gate.watch = (moment, request) => {
    if (options.dies?.(moment, request) !== true) return 'pass';
    world.kill();
    return 'stop';
  };
  let diedAt: number | undefined;
  let gapMs = 0;
  world.died = () => void (diedAt ??= performance.now());
  const engine = engineOn(world.server.url);
  try {
    const run = newRunId(Date.now(), Math.random);
    await submitted(engine, run, runbook, inputs, options.answers);
    await begun(engine, run);
    let steer: Hands['steer'] | undefined;
    const hands: Hands = {steer: (command) => steer?.(command)};
    const recording = recordingView(options.answer ?? yes, (_state, events) => {
      if (diedAt !== undefined) gapMs = Math.max(gapMs, performance.now() - diedAt);
      diedAt = undefined;
      options.published?.(events, hands);
    });
    const view = {
      ...recording,
      ask: async (question: Question, signal: AbortSignal): Promise<Answer> => {
        await options.beforeAnswer?.();
        return recording.ask(question, signal);
      },
      steering: (handler: Hands['steer']) => void (steer = handler),
    };
    const gently = AbortSignal.timeout(patienceMs);
    const stopper = {interruption: {gently, atOnce: gently}, stop: () => {}, release: () => {}};
    const exitCode = await attach({engine, run, by: 'kim'}, {view, stopper, clock: systemClock, env: {}});
    if (gently.aborted)
      throw new Error(`run ${run} stands still at ${JSON.stringify(view.events.slice(-3)).slice(0, 2000)}`);
    const {file} = await exportRun(engine, run, {XDG_STATE_HOME: folder});
    const {events, questions} = view;
    return {
      exitCode,
      events,
      questions,
      requests: [...simulator.requests],
      after: simulator.account(),
      journal: file,
      deaths: world.deaths - deaths,
      gapMs,
    };
  } finally {
    gate.watch = () => 'pass';
    await engine.close();
    await simulator.close();
  }
}
