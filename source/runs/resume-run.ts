import {existsSync} from 'node:fs';
import {defined} from '../data/defined.ts';
import type {ConcurrencyGate} from '../aws/call/concurrency-gate.ts';
import type {ConnectionOptions} from '../aws/connection/connection.ts';
import type {Event, Happening} from '../engine/model/events.ts';
import {evolveAll, initialState} from '../engine/evolve/evolve.ts';
import {stamp} from '../engine/model/ports.ts';
import {ownWindows} from '../engine/queries/change-window.ts';
import {lookAgainFrom} from '../engine/evolve/rewind.ts';
import {isOver} from '../engine/model/run-status.ts';
import type {RunState} from '../engine/model/state.ts';
import {lockJournal, type Lock} from '../journal/lock.ts';
import {readJournal, type Journal} from '../journal/read.ts';
import {JournalError} from '../journal/journal-error.ts';
import {JournalWriter} from '../journal/write.ts';
import {includedFrom, loadRunbook, parseRunbook, type LoadedRunbook} from '../runbook/load/load.ts';
import {attendedConnection} from './answers/attended-connection.ts';
import {readAgain} from './gates/calendar/read-again.ts';
import {overriding, refuseIdleOverride} from './gates/overriding.ts';
import {drive, type Surroundings} from './drive-run.ts';
import {exitCodes} from '../cli/exit-codes.ts';
import {refuseStrayAnswers} from './answers/stray-answers.ts';
import {secretsAgain} from './answers/input-sources.ts';
import type {GivenAnswers} from '../cli/answer-options.ts';
import type {Session} from './aws-session.ts';
import {withProfileOf} from './defaults/profile-of-run.ts';
import {refuseSecondRun, SecondRun} from './answers/second-run.ts';
import {UsageError} from '../cli/usage-error.ts';
import {policyOf, type FoundPolicy} from './policy/find-policies.ts';
import {originalOf} from './policy/original.ts';
import {refuseAccount, refuseByPolicy} from './policy/refusals.ts';
import type {Secret} from '../runbook/secret.ts';
import type {OpenRun} from './start-run.ts';
import {version} from '../version.ts';

/** Settings for resuming a run, besides its journal. */
export interface Resumption {
  readonly file: string;
  readonly connection: ConnectionOptions;
  readonly answers: GivenAnswers;
  /** Secrets, given again: `name=env:VARIABLE`. */
  readonly inputs?: readonly string[];
  /** Reason for not waiting for a window. */
  readonly override?: string | undefined;
  /** Finds the policies to keep to, by the runbook's file; absent in a simulation. */
  readonly policies?: (runbook: string) => readonly FoundPolicy[];
  /** The calls that it may have under way, shared with other runs. */
  readonly budget?: ConcurrencyGate;
}

/** After this long the world is looked at again before anything is changed, in ms. */
const staleMs = 30_000;

/**
 * Goes on with a run from its journal. Returns the exit code. Throws {@link UsageError} when the run is over, or when
 * account, endpoint or runbook are not the run's; CorruptJournal; JournalInUse.
 */
export async function resume(order: Resumption, surroundings: Surroundings): Promise<number> {
  const {view, stopper} = surroundings;
  let taken: TakenRun;
  try {
    taken = await takeRun(order, surroundings);
  } catch (error) {
    if (!(error instanceof JournalError)) throw error;
    // The view may have said that another process is watched.
    const {aborted} = stopper.interruption.gently;
    await view.close({
      state: initialState,
      error: aborted ? 'interrupted before it could go on' : error.message,
    });
    return aborted ? exitCodes.interrupted : exitCodes.failed;
  }
  const {before, journal} = taken;
  try {
    view.opening(`Going on with run ${journal.run}: finding out who is calling`);
    const {NoSession} = await import('./aws-session.ts');
    try {
      const open = await goOn(taken, order, surroundings);
      try {
        return await drive(open.setup, surroundings);
      } finally {
        open.disconnect();
      }
    } catch (error) {
      const expected = [NoSession, JournalError, UsageError, SecondRun].some((kind) => error instanceof kind);
      if (!expected || !(error instanceof Error)) throw error;
      const {aborted} = stopper.interruption.gently;
      await view.close({
        state: before,
        journal: order.file,
        head: journal.head,
        error: aborted ? 'interrupted before it could go on' : error.message,
        ...(error instanceof UsageError ? {} : {next: `handrail resume ${journal.run}`}),
      });
      if (error instanceof UsageError) return error.exitCode;
      if (error instanceof SecondRun && !aborted) return exitCodes.needsOperator;
      return aborted ? exitCodes.interrupted : exitCodes.failed;
    }
  } finally {
    taken.lock.release();
  }
}

/** Opens a run that is to go on. Throws as {@link resume} does, and NoSession, JournalError and {@link SecondRun}. */
export async function reopenRun(order: Resumption, surroundings: Surroundings): Promise<OpenRun> {
  const taken = await takeRun(order, surroundings);
  try {
    return {...(await goOn(taken, order, surroundings)), unlock: () => taken.lock.release()};
  } catch (error) {
    taken.lock.release();
    throw error;
  }
}

/** A run that this process has taken, and that has not gone on yet. */
interface TakenRun {
  readonly lock: Lock;
  readonly journal: Journal;
  readonly before: RunState;
  readonly loaded: LoadedRunbook;
  readonly secrets: readonly Secret[];
  /** Its windows, as their calendars are now. */
  readonly windows: ReturnType<typeof readAgain>;
  readonly policies?: readonly FoundPolicy[];
}

/** Locks a run's journal and reads it. Throws {@link UsageError}, CorruptJournal and JournalInUse. */
async function takeRun(order: Resumption, {view, stopper, clock, env}: Surroundings): Promise<TakenRun> {
  const {gently} = stopper.interruption;
  const lock = await lockJournal(order.file, clock.now(), {say: view.opening, signal: gently});
  try {
    const journal = readJournal(order.file);
    const before = evolveAll(initialState, journal.events);
    const loaded = sameRunbook(before.started?.runbook);
    refuseOver(before);
    if (before.started !== undefined) {
      const regions = before.lanes.regions();
      refuseStrayAnswers(loaded.runbook, order.answers, {...before.started, regions});
    }
    const policies = policiesOf(before, loaded, order);
    const policy = policies && policyOf(policies);
    refuseIdleOverride(order.override, before.started?.gates, before.policy, policy);
    const secrets = secretsAgain(loaded.runbook, before.started?.inputs ?? {}, order.inputs ?? [], env);
    const windows = readAgain(ownWindows(before), clock.now(), order.override ?? before.overridden?.reason);
    return {lock, journal, before, loaded, secrets, windows, ...defined({policies})};
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** Finds out all that a run needs to go on. Throws NoSession, JournalError, {@link UsageError} and {@link SecondRun}. */
async function goOn(
  {lock, journal, before, loaded, secrets, policies, windows: {notes, ...windows}}: TakenRun,
  order: Resumption,
  surroundings: Surroundings,
): Promise<Omit<OpenRun, 'unlock'>> {
  const {view, stopper, clock, env} = surroundings;
  const [{accessFor}, {versions}] = await Promise.all([
    import('./aws-session.ts'),
    import('./prepare-run.ts'),
  ]);
  const {gently} = stopper.interruption;
  const {gates} = before.started ?? {};
  const agent = {version: version(), run: journal.run, ...defined({ticket: gates?.ticket})};
  const given = withProfileOf(before, order.connection);
  const connection = attendedConnection({...given, agent}, view, gently);
  const access = await accessFor(loaded, connection, order.budget);
  try {
    const session = await access.session(gently);
    refuseStrangers(before, session);
    refuseAccount(policies ?? [], session.identity.account);
    [...session.notes, ...notes].forEach((note) => view.opening(note));
    if (before.started !== undefined) {
      const begun = {...before.started, steps: before.steps};
      const {answers: given, file: own} = order;
      await refuseSecondRun(begun, {env, given, view, signal: gently, own});
    }
    const now = clock.now();
    const events = [
      resumption(before, session, now, {
        versions: versions(),
        ...defined({policy: policies && policyOf(policies)}),
        ...windows,
      }),
      ...overriding(order.override, session.identity).map((one) => stamp(one, now)),
    ];
    lock.check();
    const writer = JournalWriter.continue(journal);
    writer.guardedBy(lock);
    session.beforeSending(lock.check);
    replayed(journal, surroundings);
    const from = evolveAll(before, events);
    const {answers} = order;
    return {
      setup: {loaded, session, journal: writer, lock, answers, from, unwritten: events, secrets},
      disconnect: () => access.close(),
    };
  } catch (error) {
    access.close();
    throw error;
  }
}

/** Shows earlier events before anything new happens. */
function replayed({events, tornBytes}: Journal, {view}: Surroundings): void {
  view.publish(evolveAll(initialState, events), events);
  if (tornBytes > 0)
    view.opening(`The last record was torn by the crash: its ${tornBytes} bytes were cut off`);
}

/** The policies that a run is gone on with. Throws PolicyRefusal for what they forbid by now. */
function policiesOf(
  {started}: RunState,
  {runbook}: LoadedRunbook,
  order: Resumption,
): readonly FoundPolicy[] | undefined {
  if (started === undefined || order.policies === undefined) return undefined;
  const listed = originalOf(started);
  const policies = order.policies(listed.file);
  const {mode, gates, changesIn: regions = []} = started;
  refuseByPolicy(policies, {runbook, listed, mode, ticket: gates?.ticket, regions});
  return policies;
}

function refuseOver({ended, started}: RunState): void {
  if (ended !== undefined && isOver(ended)) {
    throw new UsageError(`run ${started?.run} is over (${ended.status}): there is nothing to go on with`);
  }
  if (started?.simulation === true) {
    throw new UsageError(
      `run ${started.run} was a demo, and its simulated AWS is gone; handrail demo starts a new one`,
    );
  }
}

/** The runbook as it was when the run began. Throws {@link UsageError} when the file has changed since. */
export function sameRunbook(began: NonNullable<RunState['started']>['runbook'] | undefined): LoadedRunbook {
  const {file = '', text = '', sha256 = '', name = '', included = []} = began ?? {};
  if (existsSync(file) && loadRunbook(file).sha256 !== sha256) {
    throw new UsageError(
      `${file} has changed since the run began; put back what it was, or start over: handrail run ${name}`,
    );
  }
  return {...parseRunbook(file, text, includedFrom(included)), begun: true};
}

function refuseStrangers({started}: RunState, {identity, endpoint}: Session): void {
  const account = started?.identity.account;
  if (account !== identity.account) {
    throw new UsageError(
      `the run is for account ${account}, and these credentials are for ${identity.account} (${identity.arn})`,
    );
  }
  if (started?.endpoint !== endpoint) {
    throw new UsageError(
      `the run's requests went to ${hostName(started?.endpoint)}, and now would to ${hostName(endpoint)}`,
    );
  }
}

type Resumed = Extract<Event, {type: 'resumed'}>;

function resumption(
  before: RunState,
  {identity}: Session,
  now: number,
  found: Pick<Resumed, 'versions' | 'policy' | 'windows' | 'changedCalendars'>,
): Event {
  const again = now - before.now >= staleMs ? lookAgainFrom(before) : undefined;
  const happening: Happening = {
    type: 'resumed',
    by: identity.arn,
    ...found,
    ...(again === undefined ? {} : {lookAgainFrom: again}),
  };
  return stamp(happening, now);
}

function hostName(host: string | undefined): string {
  return host ?? "AWS's own endpoints";
}
