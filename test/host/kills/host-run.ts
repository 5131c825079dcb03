import {once} from 'node:events';
import {join} from 'node:path';
import type {Event, Question} from '../../../source/engine/model/events.ts';
import type {Command} from '../../../source/engine/decide/operator-commands.ts';
import type {Answer} from '../../../source/engine/model/ports.ts';
import {EngineClient} from '../../../source/host/engine-client.ts';
import type {Engine} from '../../../source/host/engine.ts';
import type {PresetAnswers} from '../../../source/host/messages.ts';
import {newRunId} from '../../../source/journal/folder.ts';
import {inputValues, maskedInputs} from '../../../source/runbook/inputs.ts';
import {attach} from '../../../source/runs/host/attach.ts';
import {exportRun} from '../../../source/runs/host/export-run.ts';
import {findRunbook} from '../../../source/runs/runbooks/find-runbook.ts';
import {systemClock} from '../../../source/runs/system-clock.ts';
import {loadScenario} from '../../../source/simulator/scenario/load.ts';
import {startSimulator, type SeenRequest} from '../../../source/simulator/server.ts';
import type {AccountDocument} from '../../../source/simulator/state/account-document.ts';
import {timeOn, type FactorClock} from '../../crash/factor-clock.ts';
import {recordingView} from '../../support/recording-view.ts';
import type {HostWorld} from './host-world.ts';
import type {Trouble} from './worker-order.ts';

export interface HostRunOptions {
  /** The file of a scenario; the crash tests' busy account when left out. */
  readonly scenario?: string;
  readonly runbook?: string;
  readonly inputs?: readonly string[];
  /** Trouble of the first worker. Those that come after a dead one have none. */
  readonly trouble?: Trouble | ((world: HostWorld) => Trouble);
  /** Answers that are given with the order. */
  readonly answers?: PresetAnswers;
  readonly answer?: (question: Question) => Answer;
  /** Called with each batch. */
  readonly published?: (events: readonly Event[], hands: Hands) => void;
}

/** What a test can do while a run goes on. */
interface Hands {
  /** Kills the worker that works now. */
  kill(): void;
  /** A command of the operator's. */
  steer(command: Command): void;
}

/** How a run of an engine ended. */
export interface HostRun {
  readonly exitCode: number;
  readonly events: readonly Event[];
  readonly questions: readonly Question[];
  readonly requests: readonly SeenRequest[];
  readonly after: AccountDocument;
  /** The exported journal. */
  readonly journal: string;
  /** Workers and servers that died. */
  readonly deaths: number;
  /** The longest time between a death and the next event, in real ms. */
  readonly gapMs: number;
}

const pace = ['pollSeconds=0.5', 'retryWaitSeconds=1'];
export const busyAccount = join(import.meta.dirname, '../../crash/scenario.yaml');
/** How much faster than real time these runs live. */
const factor = 20;
/** A run that takes longer stands still (ms). */
const patienceMs = 120_000;

/** Takes a run of an engine from its submission to its exported journal. What dies is started again. */
export async function hostRun(world: HostWorld, options: HostRunOptions = {}): Promise<HostRun> {
  const {scenario = busyAccount, runbook = 'delete-service-linked-role', inputs = pace} = options;
  const clock: FactorClock = {origin: Date.now(), factor, skipped: 0};
  const simulator = await startSimulator(loadScenario(scenario), {now: () => timeOn(clock)});
  const trouble = typeof options.trouble === 'function' ? options.trouble(world) : options.trouble;
  const place = {endpoint: simulator.endpoint, clock};
  let worker = await world.start({...place, ...(trouble === undefined ? {} : {trouble})});
  let over = false;
  let deaths = 0;
  let diedAt: number | undefined;
  let gapMs = 0;
  const died = (): void => {
    deaths += 1;
    diedAt ??= performance.now();
  };
  const workers = (async () => {
    for (;;) {
      if (worker.signalCode === null && worker.exitCode === null) await once(worker, 'exit');
      if (over) return;
      died();
      worker = await world.start(place);
      // The run may have come to its end without it.
      if (over) worker.kill('SIGKILL');
    }
  })();
  const servers = (async () => {
    for (;;) {
      await Promise.race([world.server.dead(), overAt(() => over)]);
      if (over) return;
      died();
      await world.server.restart();
    }
  })();
  try {
    await world.server.register(`http://127.0.0.1:${world.port}`);
    const engine = new EngineClient(world.server.ingress);
    const run = newRunId(Date.now(), Math.random);
    await submitted(engine, run, runbook, inputs, options.answers);
    let steer: Hands['steer'] | undefined;
    const hands: Hands = {kill: () => void worker.kill('SIGKILL'), steer: (command) => steer?.(command)};
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
    const {file} = await exportRun(engine, run, {XDG_STATE_HOME: world.folder});
    const {events, questions} = view;
    const requests = [...simulator.requests];
    const after = simulator.account();
    return {exitCode, events, questions, requests, after, journal: file, deaths, gapMs};
  } finally {
    over = true;
    worker.kill('SIGKILL');
    await Promise.all([workers, servers]);
    await simulator.close();
  }
}

export async function submitted(
  engine: Engine,
  run: string,
  name: string,
  inputs: readonly string[],
  answers?: PresetAnswers,
): Promise<void> {
  const {file, text, included, runbook} = findRunbook(name);
  await engine.submit(run, {
    runbook: {file, text, included, name: runbook.name, title: runbook.title},
    inputs: maskedInputs(inputValues(runbook, inputs)) as Readonly<Record<string, string>>,
    mode: 'live',
    regions: [],
    onlyRegions: [],
    by: 'kim',
    ...(answers === undefined ? {} : {answers}),
  });
}

/** Resolves a little after something is over. */
async function overAt(isOver: () => boolean): Promise<void> {
  while (!isOver()) await new Promise((resolve) => setTimeout(resolve, 50));
}

export function yes(question: Question): Answer {
  return {
    accepted: true,
    by: 'terminal',
    ...('typeToConfirm' in question ? {typed: question.typeToConfirm} : {}),
  };
}
