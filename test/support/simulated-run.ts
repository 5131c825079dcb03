import type {ConnectionOptions} from '../../source/aws/connection/connection.ts';
import type {LeftOut} from '../../source/runs/order.ts';
import {execute} from '../../source/runs/start-run.ts';
import {findRunbook} from '../../source/runs/runbooks/find-runbook.ts';
import type {GivenAnswers} from '../../source/cli/answer-options.ts';
import type {Event, Question, RunMode} from '../../source/engine/model/events.ts';
import type {RunState} from '../../source/engine/model/state.ts';
import {inputValues} from '../../source/runbook/inputs.ts';
import type {LoadedRunbook} from '../../source/runbook/load/load.ts';
import type {FaultRule} from '../../source/simulator/faults.ts';
import type {Scenario} from '../../source/simulator/scenario/schema.ts';
import type {SeenRequest, SimulatorOptions} from '../../source/simulator/server.ts';
import type {AccountDocument} from '../../source/simulator/state/account-document.ts';
import {simulatedAccount, yesToAll, type Published} from './simulated-account.ts';

export interface SimulatedRunOptions {
  /** A shipped scenario's name, or a scenario; `default` when left out. */
  readonly scenario?: string | Scenario;
  /** A shipped runbook's name or a file, or a loaded one; the role removal when left out. */
  readonly runbook?: string | LoadedRunbook;
  readonly inputs?: readonly string[];
  readonly regions?: readonly string[];
  readonly onlyRegions?: readonly string[];
  readonly leftOut?: LeftOut;
  readonly mode?: RunMode;
  readonly answers?: Partial<GivenAnswers>;
  readonly faults?: readonly FaultRule[];
  /** What is said about reaching AWS besides the simulator's endpoint and keys. */
  readonly connection?: ConnectionOptions;
  /** What the simulator is told besides the scenario, the faults and the time. */
  readonly simulator?: SimulatorOptions;
  /** Receives every batch as it is published; may call `stop` to interrupt the run. */
  readonly published?: Published;
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
  const account = await simulatedAccount(scenario, {
    ...options.simulator,
    ...(options.faults === undefined ? {} : {faults: options.faults}),
  });
  const {simulator, stateHome} = account;
  const before = simulator.account();
  try {
    const loaded = typeof runbook === 'string' ? findRunbook(runbook) : runbook;
    const order = {
      loaded,
      inputs: inputValues(loaded.runbook, inputs),
      mode: options.mode ?? ('live' as const),
      simulation: true,
      regions,
      ...(options.onlyRegions === undefined ? {} : {onlyRegions: options.onlyRegions}),
      ...(options.leftOut === undefined ? {} : {leftOut: options.leftOut}),
      connection: {...account.connection, ...options.connection},
      answers: {...yesToAll, ...options.answers},
    };
    const {exitCode, view, closing} = await account.command(
      (surroundings) => execute(order, surroundings),
      options.published,
    );
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
    await account.close();
  }
}
