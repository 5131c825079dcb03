import {mkdtempSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {Surroundings} from '../../source/runs/drive-run.ts';
import type {GivenAnswers} from '../../source/cli/answer-options.ts';
import {simulatedCredentials} from '../../source/runs/simulated-credentials.ts';
import type {Event} from '../../source/engine/model/events.ts';
import type {RunState} from '../../source/engine/model/state.ts';
import {loadScenario} from '../../source/simulator/scenario/load.ts';
import type {Scenario} from '../../source/simulator/scenario/schema.ts';
import {startSimulator, type Simulator, type SimulatorOptions} from '../../source/simulator/server.ts';
import type {Closing} from '../../source/wording/run-summary.ts';
import {fastClock, type FastClock} from './fast-clock.ts';
import {recordingView, type RecordingView} from './recording-view.ts';

/** How much faster than real time the engine and the simulator live in tests. */
const factor = 500;

/** Receives every batch as it is published; may call `stop` to interrupt the run. */
export type Published = (state: RunState, events: readonly Event[], stop: () => void) => void;

/** What one command came to. */
export interface Outcome {
  readonly exitCode: number;
  readonly view: RecordingView;
  readonly closing: Closing;
}

/** A simulated AWS account that outlives single commands, and a state folder for their journals. */
export interface SimulatedAccount {
  readonly simulator: Simulator;
  readonly clock: FastClock;
  readonly stateHome: string;
  readonly connection: {
    readonly endpoint: string;
    readonly credentials: {readonly accessKeyId: string; readonly secretAccessKey: string};
  };
  /** Lets a command run in this account's surroundings. */
  command(run: (surroundings: Surroundings) => Promise<number>, published?: Published): Promise<Outcome>;
  close(): Promise<void>;
}

/** Agrees to everything that is asked. */
export const yesToAll: GivenAnswers = {yes: false, confirm: [], everything: true, waive: []};

export async function simulatedAccount(
  scenario: string | Scenario,
  options: SimulatorOptions = {},
): Promise<SimulatedAccount> {
  const clock = fastClock(factor);
  const simulator = await startSimulator(typeof scenario === 'string' ? loadScenario(scenario) : scenario, {
    now: () => clock.now(),
    ...options,
  });
  const stateHome = mkdtempSync(join(tmpdir(), 'handrail-test-'));
  return {
    simulator,
    clock,
    stateHome,
    connection: {endpoint: simulator.endpoint, credentials: simulatedCredentials},
    async command(run, published) {
      const gently = new AbortController();
      const stop = (): void => gently.abort('SIGINT');
      const view = recordingView(undefined, (state, events) => published?.(state, events, stop));
      const interruption = {gently: gently.signal, atOnce: new AbortController().signal};
      const exitCode = await run({
        view,
        stopper: {interruption, stop, release: () => {}},
        clock,
        env: {XDG_STATE_HOME: stateHome},
      });
      if (view.closing === undefined) throw new Error('the view was never closed');
      return {exitCode, view, closing: view.closing};
    },
    async close() {
      clock.stop();
      await simulator.close();
    },
  };
}
