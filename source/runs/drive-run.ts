import {defined} from '../data/defined.ts';
import {randomUUID} from 'node:crypto';
import {pacedPort} from '../aws/call/rate-limited-port.ts';
import {calendarPort} from '../aws/preflight/calendar-state.ts';
import type {Event} from '../engine/model/events.ts';
import type {ClockPort} from '../engine/model/ports.ts';
import type {Program} from '../engine/model/program.ts';
import {run, type Interruption} from '../engine/run.ts';
import type {RunState} from '../engine/model/state.ts';
import {foldingPolls} from '../journal/fold-polls.ts';
import {takeWishBack, whoAsks} from '../journal/hand-over.ts';
import {JournalError, JournalTaken} from '../journal/journal-error.ts';
import type {Lock} from '../journal/lock.ts';
import type {JournalWriter} from '../journal/write.ts';
import {concealInLog, log, logFile} from '../log/log.ts';
import type {ReadyRunbook} from '../runbook/load/load.ts';
import type {Secret} from '../runbook/secret.ts';
import type {View} from '../ui/view.ts';
import {exitCodeOf} from '../cli/exit-code-of.ts';
import {exitCodes} from '../cli/exit-codes.ts';
import {shortCaller} from '../wording/fault-text.ts';
import {logEvents} from './log/log-events.ts';
import {withApprovals} from './approvals/approving.ts';
import type {Stopper} from './stop-signals.ts';
import type {GivenAnswers} from '../cli/answer-options.ts';
import {operatorWith} from './answers/preset-answers.ts';
import type {Session} from './aws-session.ts';

/** Surroundings of a run in this process. */
export interface Surroundings {
  readonly view: View;
  readonly stopper: Stopper;
  readonly clock: ClockPort;
  readonly env: NodeJS.ProcessEnv;
}

/** A run that can go: a state to go on from, and all that it works with. */
export interface Drive {
  readonly loaded: ReadyRunbook;
  readonly session: Session;
  readonly journal: JournalWriter;
  readonly lock: Lock;
  readonly answers: GivenAnswers;
  /** The state that the journal's events and the unwritten ones add up to. */
  readonly from: RunState;
  readonly unwritten: readonly Event[];
  /** Values behind the masks among the run's inputs. */
  readonly secrets: readonly Secret[];
}

/** Sees a run to its end, with a view on it. Returns the exit code. */
export async function drive(setup: Drive, {view, stopper, clock}: Surroundings): Promise<number> {
  const {session, journal, lock, loaded, answers, unwritten} = setup;
  let state = setup.from;
  let error: JournalError | undefined;
  const publish = (next: RunState, events: readonly Event[]): void => {
    state = next;
    if (logFile() !== undefined) logEvents(next.started?.run, events);
    view.publish(next, events);
  };
  for (const secret of setup.secrets) concealInLog((text) => secret.conceal(text));
  log('journal', {file: journal.file});
  const who = shortCaller(session.identity);
  const program: Program = {
    runbook: loaded.runbook,
    operations: session.operations,
    limits: session.limits,
    attended: view.steering !== undefined,
    waive: answers.waive,
    waivedBy: `${who} with --waive`,
    secrets: setup.secrets,
  };
  const stopListening = hearsWishes(journal.file, view);
  const aws = pacedPort(session.aws, clock);
  try {
    await journal.append(unwritten);
    publish(state, unwritten);
    void session.prepare(state.started?.regions ?? []);
    state = await run({
      program,
      ports: {
        aws: session.ahead.over(aws),
        calendars: calendarPort(aws),
        clock,
        journal: foldingPolls(journal),
        operator: withApprovals(operatorWith(answers, view, who), {
          journal: journal.file,
          state: () => state,
          who,
        }),
        chance: {random: Math.random, token: randomUUID},
      },
      from: state,
      publish,
      interruption: untilLost(stopper.interruption, lock.lost),
      operator: who,
      ...(view.steering === undefined ? {} : {steering: (handler) => view.steering?.(handler)}),
    });
  } catch (thrown) {
    if (!(thrown instanceof JournalError)) throw thrown;
    error = thrown;
  } finally {
    stopListening();
    journal.close();
  }
  const next = error instanceof JournalTaken ? error.next : nextCommand(state);
  await view.close({
    state,
    journal: journal.file,
    head: journal.head,
    ...defined({error: error?.message, next}),
  });
  if (stopper.outputGone?.() === true && state.ended === undefined && next !== undefined) {
    process.stderr.write(
      `handrail: nothing reads the output any more, so the run stopped; go on with: ${next}\n`,
    );
  }
  if (error instanceof JournalTaken) return exitCodes.taken;
  return error === undefined ? exitCodeOf(state) : exitCodes.failed;
}

/** A run whose journal is another process's ends at once: its next write finds that out, and says it. */
function untilLost({gently, atOnce}: Interruption, lost: AbortSignal): Interruption {
  return {gently: AbortSignal.any([gently, lost]), atOnce: AbortSignal.any([atOnce, lost])};
}

/** Time between two looks whether another terminal asks for the run (ms). */
const listenEvery = 1000;

/** Tells the view who asks for the run. Returns a function that ends that. */
function hearsWishes(journal: string, view: View): () => void {
  if (view.askedFor === undefined) return () => undefined;
  takeWishBack(journal);
  let asks: string | undefined;
  const timer = setInterval(() => {
    const by = whoAsks(journal, Date.now());
    if (by !== asks) view.askedFor?.(by);
    asks = by;
  }, listenEvery);
  timer.unref();
  return () => {
    clearInterval(timer);
    takeWishBack(journal);
  };
}

/**
 * Returns the next command for the operator. The demo's AWS ends with its process, so a demo cannot be resumed.
 */
function nextCommand({started, ended, changes}: RunState): string | undefined {
  if (started === undefined || started.simulation) return undefined;
  if (ended?.status === 'planned') return undefined;
  if (ended?.status !== 'done') return `handrail resume ${started.run}`;
  return changes.length === 0 ? undefined : `handrail report ${started.run}`;
}
