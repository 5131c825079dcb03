import {join} from 'node:path';
import {defined} from '../data/defined.ts';
import {evolveAll, initialState} from '../engine/evolve/evolve.ts';
import {stamp} from '../engine/model/ports.ts';
import {makeJournalFolder, newRunId} from '../journal/folder.ts';
import {lockJournal} from '../journal/lock.ts';
import {whenFilesAreFree} from '../journal/when-files-are-free.ts';
import {JournalError} from '../journal/journal-error.ts';
import {JournalWriter} from '../journal/write.ts';
import {secretsAmong} from '../runbook/inputs.ts';
import {InvalidRunbook} from '../runbook/load/problem.ts';
import {attendedConnection} from './answers/attended-connection.ts';
import {overriding} from './gates/overriding.ts';
import {drive, type Drive, type Surroundings} from './drive-run.ts';
import {exitCodes} from '../cli/exit-codes.ts';
import {refuseAccount} from './policy/refusals.ts';
import {refuseStrayAnswers} from './answers/stray-answers.ts';
import type {Order} from './order.ts';
import type {Session} from './aws-session.ts';
import {refuseSecondRun, SecondRun} from './answers/second-run.ts';
import {UsageError} from '../cli/usage-error.ts';
import {version} from '../version.ts';

/** Starts a run and sees it to its end. Returns the exit code. Throws InvalidRunbook for operations that do not exist. */
export async function execute(order: Order, surroundings: Surroundings): Promise<number> {
  const {view, stopper, clock} = surroundings;
  const {gently} = stopper.interruption;
  view.opening('Finding out who is calling');
  // Loaded here, and not before: the first frame does not wait for the AWS clients.
  const [{NoRegions}, {NoSession}] = await Promise.all([
    import('../aws/preflight/regions.ts'),
    import('./aws-session.ts'),
  ]);
  try {
    const open = await openRun(order, surroundings, newRunId(clock.now(), Math.random));
    try {
      return await drive(open.setup, surroundings);
    } finally {
      open.unlock();
      open.disconnect();
    }
  } catch (error) {
    const expected = [NoSession, NoRegions, JournalError, UsageError, SecondRun].some(
      (kind) => error instanceof kind,
    );
    if (error instanceof InvalidRunbook) await view.close({state: initialState});
    if (!expected || !(error instanceof Error)) throw error;
    const interrupted = 'interrupted before the run began: nothing was changed';
    await view.close({state: initialState, error: gently.aborted ? interrupted : error.message});
    if (error instanceof UsageError) return error.exitCode;
    if (error instanceof SecondRun && !gently.aborted) return exitCodes.needsOperator;
    return gently.aborted ? exitCodes.interrupted : exitCodes.failed;
  }
}

/** A run that can be driven. This process holds its journal. */
export interface OpenRun {
  readonly setup: Drive;
  /** Lets go of the journal. */
  unlock(): void;
  /** Closes the connection. */
  disconnect(): void;
}

/**
 * Finds out all that a run needs and makes its journal, in which nothing is written yet. Throws NoSession, NoRegions,
 * {@link JournalError}, {@link UsageError}, {@link SecondRun} and InvalidRunbook: then there is no journal.
 */
export async function openRun(
  order: Order,
  {view, stopper, clock, env}: Surroundings,
  run: string,
): Promise<OpenRun> {
  const [{accessFor}, {beginning, lookEarly}] = await Promise.all([
    import('./aws-session.ts'),
    import('./prepare-run.ts'),
  ]);
  const {gently} = stopper.interruption;
  const agent = {version: version(), run, ...defined({ticket: order.gates?.ticket})};
  const connection = attendedConnection({...order.connection, agent}, view, gently);
  const access = await accessFor(order.loaded, connection, order.budget);
  const over = new AbortController();
  const close = (): void => {
    over.abort();
    access.close();
  };
  try {
    const early = lookEarly(order, access, AbortSignal.any([gently, over.signal]));
    // Spoken of where it is waited for: who is calling comes first.
    early.catch(() => undefined);
    const session = await access.session(gently);
    refuseOtherAccount(order, session);
    refuseAccount(order.policies ?? [], session.identity.account);
    view.opening('Finding the Regions');
    const {started: begun, waived} = await beginning(order, session, early, gently);
    refuseStrayAnswers(order.loaded.runbook, order.answers, begun);
    await refuseSecondRun(begun, {env, given: order.answers, view, signal: gently});
    // The reads that were sent ahead may hold every file that this process may open.
    const journal = await whenFilesAreFree(
      () => JournalWriter.create(join(makeJournalFolder(env), `${run}.jsonl`), run),
      access.closeIdle,
    );
    const lock = await whenFilesAreFree(() => lockJournal(journal.file, clock.now()), access.closeIdle);
    journal.guardedBy(lock);
    session.beforeSending(lock.check);
    const first = stamp({...begun, run}, clock.now());
    const beside = [...waived, ...overriding(order.override, session.identity)];
    const unwritten = [first, ...beside.map((one) => stamp(one, clock.now()))];
    const from = evolveAll(initialState, unwritten);
    const secrets = secretsAmong(order.inputs);
    return {
      setup: {...order, session, journal, lock, from, unwritten, secrets},
      unlock: () => lock.release(),
      disconnect: close,
    };
  } catch (error) {
    close();
    throw error;
  }
}

function refuseOtherAccount({account}: Order, {identity}: Session): void {
  if (account === undefined || account === identity.account) return;
  throw new UsageError(
    `this is about account ${account}, and these credentials are for ${identity.account} (${identity.arn})`,
  );
}
