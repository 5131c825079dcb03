import {ConcurrencyGate} from '../../aws/call/concurrency-gate.ts';
import {codeByStatus} from '../../cli/exit-code-of.ts';
import {exitCodes} from '../../cli/exit-codes.ts';
import {UsageError} from '../../cli/usage-error.ts';
import {defined} from '../../data/defined.ts';
import {isOver} from '../../engine/model/run-status.ts';
import type {Identity} from '../../engine/model/identity.ts';
import {ownWindows} from '../../engine/queries/change-window.ts';
import {defaultLimits} from '../../engine/model/program.ts';
import type {FleetEvent} from '../../fleet/events.ts';
import {evolveFleetAll} from '../../fleet/evolve.ts';
import {hasMoreToDo} from '../../fleet/fleet-end.ts';
import {runFleet} from '../../fleet/run.ts';
import {initialFleet, type FleetState} from '../../fleet/state.ts';
import {JournalError, JournalTaken} from '../../journal/journal-error.ts';
import {newRunId} from '../../journal/folder.ts';
import {lockJournal, type Lock} from '../../journal/lock.ts';
import {JournalWriter} from '../../journal/write.ts';
import {secretsAmong} from '../../runbook/inputs.ts';
import type {FleetView} from '../../ui/fleet/fleet-view.ts';
import {shortCaller} from '../../wording/fault-text.ts';
import {canBeResumed} from '../../wording/run-mode.ts';
import {policyOf, type FoundPolicy} from '../policy/find-policies.ts';
import {refuseFleet} from '../policy/refusals.ts';
import {accessFor, NoSession} from '../aws-session.ts';
import {gatesNow, readAgain} from '../gates/calendar/read-again.ts';
import {refuseIdleOverride} from '../gates/overriding.ts';
import type {Surroundings} from '../drive-run.ts';
import {sameRunbook} from '../resume-run.ts';
import {version} from '../../version.ts';
import {fleetChildren} from './children.ts';
import {fleetFile, newFleetId, readFleet} from './fleet-journal.ts';
import type {FleetOrder} from './fleet-order.ts';
import {fleetOperator} from './fleet-operator.ts';
import {fleetStarted, policyIn} from './fleet-started.ts';

/** Surroundings of a fleet in this process. */
export interface FleetSurroundings extends Omit<Surroundings, 'view'> {
  readonly view: FleetView;
}

/** Starts a fleet and sees it to its end. Returns the exit code. Throws InvalidRunbook and {@link UsageError}. */
export async function executeFleet(order: FleetOrder, around: FleetSurroundings): Promise<number> {
  if (secretsAmong(order.inputs).length > 0) {
    throw new UsageError(
      'a fleet takes no secret inputs: its journal could not give them to a run that goes on',
    );
  }
  return withFailures(around, initialFleet, async () => {
    const {clock, env, view} = around;
    view.opening('Finding out who is calling');
    const fleet = newFleetId(clock.now(), Math.random);
    const base = await baseIdentity(order, around, fleet);
    const journal = JournalWriter.create(fleetFile(fleet, env), fleet);
    const lock = await lockJournal(journal.file, clock.now());
    journal.guardedBy(lock);
    try {
      const at = clock.now();
      const first: FleetEvent = {...(await fleetStarted(order, fleet, base)), at};
      const events = [first, ...overriding(order.override, base, at)];
      return await drivenFleet(order, around, {journal, lock, before: [], events});
    } finally {
      lock.release();
    }
  });
}

/** What a fleet is gone on with, besides its journal. */
export type FleetResumption = Pick<FleetOrder, 'connection' | 'answers' | 'override'> & {
  readonly file: string;
  /** Finds the policies to keep to, by the runbook's file; absent in a simulation. */
  readonly policies?: (runbook: string) => readonly FoundPolicy[];
};

/** Goes on with a fleet. Returns the exit code. Throws {@link UsageError}, CorruptJournal and JournalInUse. */
export async function resumeFleet(given: FleetResumption, around: FleetSurroundings): Promise<number> {
  const {clock, view} = around;
  const {gently} = around.stopper.interruption;
  const lock = await lockJournal(given.file, clock.now(), {say: view.opening, signal: gently});
  try {
    const journal = readFleet(given.file);
    const before = evolveFleetAll(journal.events);
    const {started, ended} = before;
    if (started === undefined || isOver(ended)) {
      throw new UsageError(`fleet ${journal.run} is over: there is nothing to go on with`);
    }
    if (started.simulation === true) {
      throw new UsageError(
        `fleet ${journal.run} was a demo, and its simulated AWS is gone; handrail demo --fleet starts a new one`,
      );
    }
    const loaded = sameRunbook(started.runbook);
    const policies = given.policies?.(started.runbook.file);
    refuseFleet(policies ?? [], loaded, {...started, ticket: started.gates?.ticket});
    refuseIdleOverride(given.override, started.gates, before.policy, policies && policyOf(policies));
    const {notes, ...windows} = readAgain(
      ownWindows(before),
      clock.now(),
      given.override ?? before.overridden?.reason,
    );
    const {file: _, policies: _find, ...rest} = given;
    const order: FleetOrder = {
      ...rest,
      ...defined({policies}),
      loaded,
      inputs: started.inputs,
      mode: started.mode,
      regions: started.regions,
      limits: started.limits,
      chosen: {accounts: started.accounts, skipped: started.skipped},
      role: started.role,
      ...defined({
        externalId: started.externalId,
        gates: gatesNow(started.gates, windows),
        defaults: started.defaults,
      }),
    };
    return await withFailures(around, before, async () => {
      view.opening(`Going on with fleet ${journal.run}: finding out who is calling`);
      const base = await baseIdentity(order, around, journal.run);
      if (base.account !== started.base.account) {
        throw new UsageError(
          `the fleet was begun from account ${started.base.account}, and these credentials are for ${base.account}`,
        );
      }
      const at = clock.now();
      notes.forEach((note) => view.opening(note));
      const resumed: FleetEvent = {
        type: 'fleet-resumed',
        by: base.arn,
        ...policyIn(order),
        ...windows,
        at,
      };
      const events = [resumed, ...overriding(order.override, base, at)];
      lock.check();
      const writer = JournalWriter.continue(journal);
      writer.guardedBy(lock);
      view.publish(before, journal.events);
      return drivenFleet(order, around, {journal: writer, lock, before: journal.events, events});
    });
  } finally {
    lock.release();
  }
}

/** Says why a fleet could not begin or go on. */
async function withFailures(
  {view, stopper}: FleetSurroundings,
  state: FleetState,
  action: () => Promise<number>,
): Promise<number> {
  try {
    return await action();
  } catch (error) {
    const expected = error instanceof NoSession || error instanceof JournalError;
    if (!expected) throw error;
    const {aborted} = stopper.interruption.gently;
    await view.close({
      state,
      error: aborted ? 'interrupted before the fleet began or went on' : error.message,
    });
    return aborted ? exitCodes.interrupted : exitCodes.failed;
  }
}

async function baseIdentity(
  {loaded, connection, gates}: FleetOrder,
  {stopper}: FleetSurroundings,
  fleet: string,
): Promise<Identity> {
  const {gently} = stopper.interruption;
  const access = await accessFor(loaded, {
    ...connection,
    interrupted: gently,
    agent: {version: version(), run: fleet, ...defined({ticket: gates?.ticket})},
  });
  try {
    return (await access.session(gently)).identity;
  } finally {
    access.close();
  }
}

/** The event that no account waits for a window; none without a reason. */
function overriding(reason: string | undefined, base: Identity, at: number): readonly FleetEvent[] {
  return reason === undefined ? [] : [{type: 'window-overridden', by: shortCaller(base), reason, at}];
}

interface Going {
  readonly journal: JournalWriter;
  readonly lock: Lock;
  readonly before: readonly FleetEvent[];
  /** The events that are not in the journal yet. */
  readonly events: readonly FleetEvent[];
}

/** Sees a fleet to its end. Returns the exit code. */
async function drivenFleet(
  order: FleetOrder,
  {view, stopper, clock, env}: FleetSurroundings,
  {journal, lock, before, events: unwritten}: Going,
): Promise<number> {
  const from = evolveFleetAll([...before, ...unwritten]);
  const {fleet = '', base} = from.started ?? {};
  if (base === undefined) throw new Error('a fleet begins with its first event');
  let state = from;
  let error: JournalError | undefined;
  // A journal that cannot be written ends the runs too, with what they have under way.
  const broken = new AbortController();
  const interruption = {
    gently: AbortSignal.any([stopper.interruption.gently, broken.signal, lock.lost]),
    atOnce: AbortSignal.any([stopper.interruption.atOnce, lock.lost]),
  };
  const limits = {...defaultLimits, ...order.connection.limits};
  const who = shortCaller(base);
  const children = fleetChildren({
    order,
    fleet,
    base,
    budget: new ConcurrencyGate(limits.maxConcurrency),
    surroundings: {stopper: {...stopper, interruption}, clock, env},
    leave: () => stopper.stop('the end of its keys'),
    published: (account, child, events) => view.child(account, child, events),
    who,
    override: from.overridden?.reason,
    ...defined({steered: view.childSteering}),
  });
  try {
    await journal.append(unwritten);
    view.publish(from, unwritten);
    state = await runFleet({
      from,
      append: (events) => journal.append(events),
      children,
      operator: fleetOperator(order.answers, view, who),
      clock,
      nameRun: (account) => newRunId(clock.now(), Math.random, account),
      publish: (next, events) => {
        state = next;
        view.publish(next, events);
      },
      interruption,
      who,
      ...defined({steering: view.steering}),
    });
  } catch (thrown) {
    broken.abort('fleet');
    if (!(thrown instanceof JournalError)) throw thrown;
    error = thrown;
  } finally {
    journal.close();
    children.close();
  }
  const {ended} = state;
  await view.close({
    state,
    journal: journal.file,
    head: journal.head,
    ...defined({error: error?.message}),
    next: `handrail fleet ${hasMoreToDo(state) && canBeResumed(state) ? 'resume' : 'report'} ${fleet}`,
  });
  if (error !== undefined) return error instanceof JournalTaken ? exitCodes.taken : exitCodes.failed;
  return ended === undefined ? exitCodes.interrupted : codeByStatus[ended.status];
}
