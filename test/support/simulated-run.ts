import {mkdtempSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {ConnectionOptions} from '../../source/aws/connection.ts';
import {execute} from '../../source/commands/execute.ts';
import {findRunbook} from '../../source/commands/find-runbook.ts';
import type {GivenAnswers} from '../../source/commands/operator.ts';
import {simulatedCredentials} from '../../source/commands/simulated-credentials.ts';
import type {Event, Question, RunMode} from '../../source/engine/events.ts';
import type {RunState} from '../../source/engine/state.ts';
import {inputValues} from '../../source/runbook/inputs.ts';
import type {LoadedRunbook} from '../../source/runbook/load.ts';
import type {FaultRule} from '../../source/simulator/faults.ts';
import {loadScenario} from '../../source/simulator/scenario/load.ts';
import type {Scenario} from '../../source/simulator/scenario/schema.ts';
import {startSimulator, type SeenRequest, type SimulatorOptions} from '../../source/simulator/server.ts';
import type {AccountDocument} from '../../source/simulator/state/account-document.ts';
import {fastClock} from './fast-clock.ts';
import {recordingView} from './recording-view.ts';

/** How much faster than real time the engine and the simulator live in tests. */
const factor = 500;

export interface SimulatedRunOptions {
  /** A shipped scenario's name, or a scenario; `default` when left out. */
  readonly scenario?: string | Scenario;
  /** A shipped runbook's name or a file, or a loaded one; the role removal when left out. */
  readonly runbook?: string | LoadedRunbook;
  readonly inputs?: readonly string[];
  readonly regions?: readonly string[];
  readonly mode?: RunMode;
  readonly answers?: Partial<GivenAnswers>;
  readonly faults?: readonly FaultRule[];
  /** What is said about reaching AWS besides the simulator's endpoint and keys. */
  readonly connection?: ConnectionOptions;
  /** What the simulator is told besides the scenario, the faults and the time. */
  readonly simulator?: SimulatorOptions;
  /** Told of every batch as it is published; may call `stop` to interrupt the run. */
  readonly published?: (state: RunState, events: readonly Event[], stop: () => void) => void;
}

export interface SimulatedRun {
  readonly exitCode: number;
  readonly state: RunState;
  readonly events: readonly Event[];
  readonly questions: readonly Question[];
  readonly error: string | undefined;
  /** Every request that the simulator saw. */
  readonly requests: readonly SeenRequest[];
  readonly before: AccountDocument;
  readonly after: AccountDocument;
  readonly journal: string | undefined;
  /** The folder that stands in for `$XDG_STATE_HOME`. */
  readonly stateHome: string;
}

/** Runs a runbook to its end against a simulator, over HTTP, with the real SDK clients and a real journal. */
export async function simulatedRun(options: SimulatedRunOptions = {}): Promise<SimulatedRun> {
  const {scenario = 'default', runbook = 'delete-service-linked-role', inputs = [], regions = []} = options;
  const clock = fastClock(factor);
  const simulator = await startSimulator(typeof scenario === 'string' ? loadScenario(scenario) : scenario, {
    now: () => clock.now(),
    ...options.simulator,
    ...(options.faults === undefined ? {} : {faults: options.faults}),
  });
  const stateHome = mkdtempSync(join(tmpdir(), 'handrail-test-'));
  const gently = new AbortController();
  const view = recordingView(undefined, (state, events) =>
    options.published?.(state, events, () => gently.abort('SIGINT')),
  );
  const before = simulator.account();
  try {
    const loaded = typeof runbook === 'string' ? findRunbook(runbook) : runbook;
    const exitCode = await execute(
      {
        loaded,
        inputs: inputValues(loaded.runbook, inputs),
        mode: options.mode ?? 'live',
        simulation: true,
        regions,
        connection: {
          endpoint: simulator.endpoint,
          credentials: simulatedCredentials,
          ...options.connection,
        },
        answers: {yes: false, confirm: [], everything: true, waive: [], ...options.answers},
      },
      {
        view,
        stopper: {
          interruption: {gently: gently.signal, atOnce: new AbortController().signal},
          stop: () => gently.abort('SIGINT'),
          release: () => {},
        },
        clock,
        env: {XDG_STATE_HOME: stateHome},
      },
    );
    const {closing} = view;
    if (closing === undefined) throw new Error('the view was never closed');
    return {
      exitCode,
      state: closing.state,
      events: view.events,
      questions: view.questions,
      error: closing.error,
      requests: [...simulator.requests],
      before,
      after: simulator.account(),
      journal: closing.journal,
      stateHome,
    };
  } finally {
    clock.stop();
    await simulator.close();
  }
}
