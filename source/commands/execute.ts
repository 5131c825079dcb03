import {randomUUID} from 'node:crypto';
import {join} from 'node:path';
import type {ConnectionOptions} from '../aws/connection.ts';
import type {Event, RunMode} from '../engine/events.ts';
import {evolve, initialState} from '../engine/evolve.ts';
import {stamp, type ClockPort} from '../engine/ports.ts';
import {defaultLimits} from '../engine/program.ts';
import {run} from '../engine/run.ts';
import type {RunState} from '../engine/state.ts';
import {makeJournalFolder, newRunId} from '../journal/folder.ts';
import {JournalError, JournalWriter} from '../journal/write.ts';
import type {InputValue} from '../runbook/inputs.ts';
import type {LoadedRunbook} from '../runbook/load.ts';
import type {View} from '../ui/view.ts';
import {exitCodeOf, exitCodes} from './exit-codes.ts';
import type {Stopper} from './interruption.ts';
import {operatorWith, type GivenAnswers} from './operator.ts';

/** A run, asked for in full. */
export interface Order {
  readonly loaded: LoadedRunbook;
  readonly inputs: Readonly<Record<string, InputValue>>;
  readonly mode: RunMode;
  readonly simulation: boolean;
  /** Regions that the operator named; empty to find them. */
  readonly regions: readonly string[];
  readonly connection: ConnectionOptions;
  readonly answers: GivenAnswers;
}

/** What a run needs of the process around it. */
export interface Surroundings {
  readonly view: View;
  readonly stopper: Stopper;
  readonly clock: ClockPort;
  readonly env: NodeJS.ProcessEnv;
}

/** Starts a run and sees it to its end. Returns the exit code. Throws InvalidRunbook for operations that do not exist. */
export async function execute(order: Order, surroundings: Surroundings): Promise<number> {
  const {view, stopper} = surroundings;
  view.opening('Finding out who is calling');
  // Loaded here, and not before: the first frame does not wait for the AWS clients.
  const {openSession} = await import('./session.ts');
  const session = await openSession(order, stopper.interruption.gently, (message) => view.opening(message));
  if ('error' in session) {
    await view.close({state: initialState, error: session.error});
    return stopper.interruption.gently.aborted ? exitCodes.interrupted : exitCodes.failed;
  }
  try {
    const {clock, env} = surroundings;
    const runId = newRunId(clock.now(), Math.random);
    const journal = new JournalWriter(join(makeJournalFolder(env), `${runId}.jsonl`), runId);
    const first = stamp({...session.started, run: runId}, clock.now());
    return await runJournaled(order, surroundings, session, journal, first);
  } catch (error) {
    if (!(error instanceof JournalError)) throw error;
    await view.close({state: initialState, error: error.message});
    return exitCodes.failed;
  } finally {
    session.close();
  }
}

type Session = Exclude<Awaited<ReturnType<typeof import('./session.ts').openSession>>, {error: string}>;

async function runJournaled(
  order: Order,
  {view, stopper, clock}: Surroundings,
  session: Session,
  journal: JournalWriter,
  first: Event,
): Promise<number> {
  let state: RunState = evolve(initialState, first);
  let error: string | undefined;
  try {
    await journal.append([first]);
    view.publish(state, [first]);
    const program = {runbook: order.loaded.runbook, operations: session.operations, limits: defaultLimits};
    const ports = {
      aws: session.aws,
      clock,
      journal,
      operator: operatorWith(order.answers, view),
      chance: {random: Math.random, token: randomUUID},
    };
    const publish = (next: RunState, events: readonly Event[]): void => {
      state = next;
      view.publish(next, events);
    };
    state = await run(program, ports, state, publish, stopper.interruption);
  } catch (thrown) {
    if (!(thrown instanceof JournalError)) throw thrown;
    error = thrown.message;
  } finally {
    journal.close();
  }
  const failure = error === undefined ? {} : {error};
  await view.close({state, journal: journal.file, head: journal.head, ...failure});
  return error === undefined ? exitCodeOf(state) : exitCodes.failed;
}
