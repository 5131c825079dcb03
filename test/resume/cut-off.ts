import {execute} from '../../source/runs/start-run.ts';
import {findRunbook} from '../../source/runs/runbooks/find-runbook.ts';
import type {GivenAnswers} from '../../source/cli/answer-options.ts';
import {resume} from '../../source/runs/resume-run.ts';
import type {Event, Question} from '../../source/engine/model/events.ts';
import type {Answer} from '../../source/engine/model/ports.ts';
import type {Command} from '../../source/engine/decide/operator-commands.ts';
import type {RunState} from '../../source/engine/model/state.ts';
import {findRun} from '../../source/journal/find-run.ts';
import {readJournal} from '../../source/journal/read.ts';
import {inputValues} from '../../source/runbook/inputs.ts';
import type {FaultRule} from '../../source/simulator/faults.ts';
import type {Scenario} from '../../source/simulator/scenario/schema.ts';
import type {Closing} from '../../source/wording/run-summary.ts';
import {openGate, type Gate, type GatedRequest, type Moment} from '../crash/gate.ts';
import {recordingView} from '../support/recording-view.ts';
import {simulatedAccount, yesToAll, type SimulatedAccount} from '../support/simulated-account.ts';

/** How a process treats the run: what it is told beforehand, and by whom it is stopped. */
export interface Manner {
  readonly answers?: Partial<GivenAnswers>;
  /** Answers what the command line leaves open. */
  readonly reply?: (question: Question) => Answer;
  /** Receives every batch; may stop the run, gently the first time and at once the second, or steer it. */
  readonly published?: (state: RunState, events: readonly Event[], hands: Hands) => void;
  /** Somebody sits at the terminal: the run waits for their commands instead of ending. */
  readonly attended?: boolean;
}

interface Hands {
  stop(): void;
  command(command: Command): void;
}

/** What one process came to. */
interface Left {
  readonly exitCode: number;
  readonly closing: Closing;
  /** What it published, the journal's earlier events included. */
  readonly events: readonly Event[];
  readonly questions: readonly Question[];
}

/** An account behind a gate, on which runs are cut off and gone on with. */
export interface Bench {
  readonly account: SimulatedAccount;
  readonly gate: Gate;
  readonly env: {readonly XDG_STATE_HOME: string};
  begin(
    manner?: Manner,
    what?: {readonly runbook?: string; readonly inputs?: readonly string[]},
  ): Promise<Left>;
  goOn(manner?: Manner, connection?: {readonly endpoint: string}): Promise<Left>;
  /** Cuts the next process off at a request: its client hears no more of it, nor of any later one, and is stopped. */
  cutOffAt(operation: string, moment: Moment, nth?: number): void;
  /** The journal's events. */
  events(): readonly Event[];
  /** Lets simulated ms pass, between two processes. */
  wait(ms: number): void;
  close(): Promise<void>;
}

export async function openBench(
  scenario: string | Scenario,
  faults: readonly FaultRule[] = [],
): Promise<Bench> {
  const account = await simulatedAccount(scenario, {faults});
  const gate = await openGate(account.simulator.endpoint);
  const env = {XDG_STATE_HOME: account.stateHome};
  let stopNow: (() => void) | undefined;
  const connection = {...account.connection, endpoint: gate.endpoint};

  const inProcess = async (
    manner: Manner,
    act: (surroundings: Parameters<typeof resume>[1]) => Promise<number>,
  ): Promise<Left> => {
    const [gently, atOnce] = [new AbortController(), new AbortController()];
    const stop = (): void => (gently.signal.aborted ? atOnce : gently).abort('SIGINT');
    stopNow = () => {
      stop();
      stop();
    };
    const commands: ((command: Command) => void)[] = [];
    const hands = {stop, command: (command: Command) => commands.forEach((handler) => handler(command))};
    const view = recordingView(manner.reply, (state, events) => manner.published?.(state, events, hands));
    if (manner.attended === true) view.steering = (handler) => void commands.push(handler);
    const exitCode = await act({
      view,
      stopper: {interruption: {gently: gently.signal, atOnce: atOnce.signal}, stop, release: () => {}},
      clock: account.clock,
      env,
    });
    gate.watch = () => 'pass';
    if (view.closing === undefined) throw new Error('the view was never closed');
    return {exitCode, closing: view.closing, events: view.events, questions: view.questions};
  };

  return {
    account,
    gate,
    env,
    begin: (manner = {}, {runbook = 'delete-service-linked-role', inputs = []} = {}) => {
      const loaded = findRunbook(runbook);
      const values = inputValues(loaded.runbook, inputs);
      const answers = {...yesToAll, ...manner.answers};
      const order = {
        loaded,
        inputs: values,
        mode: 'live' as const,
        simulation: false,
        regions: [],
        connection,
        answers,
      };
      return inProcess(manner, (surroundings) => execute(order, surroundings));
    },
    goOn: (manner = {}, elsewhere = connection) =>
      inProcess(manner, (surroundings) => {
        const answers = {...yesToAll, ...manner.answers};
        const file = findRun('latest', env);
        return resume({file, connection: {...connection, ...elsewhere}, answers}, surroundings);
      }),
    cutOffAt: (operation, moment, nth = 1) => {
      let seen = 0;
      let cut = false;
      gate.watch = (at, request) => {
        if (at === 'arrived' && !cut && operationOf(request) === operation) seen += 1;
        if (!cut && at === moment && seen === nth && operationOf(request) === operation) {
          cut = true;
          stopNow?.();
        }
        return cut ? 'stop' : 'pass';
      };
    },
    events: () => readJournal(findRun('latest', env)).events,
    wait: (ms) => account.clock.skip(ms),
    close: async () => {
      await gate.close();
      await account.close();
    },
  };
}

/** The operation that a request asks for, by its body or its path. */
export function operationOf({body, path}: GatedRequest): string {
  return new URLSearchParams(body).get('Action') ?? path.split('?')[0]?.slice(1) ?? '';
}

/** The inputs of all requests of an operation, as the simulator saw them. */
export function inputsOf({account}: Bench, operation: string): readonly Readonly<Record<string, unknown>>[] {
  return account.simulator.requests
    .filter((request) => request.operation === operation)
    .map(({input}) => input);
}
