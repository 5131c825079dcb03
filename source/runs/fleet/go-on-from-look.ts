import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {evolveAll, initialState} from '../../engine/evolve/evolve.ts';
import {liveFromLook} from '../../engine/live-from-look.ts';
import type {Event, TakenLook} from '../../engine/model/events.ts';
import {makeJournalFolder} from '../../journal/folder.ts';
import {lockJournal} from '../../journal/lock.ts';
import {CorruptJournal, readJournal} from '../../journal/read.ts';
import {JournalWriter} from '../../journal/write.ts';
import {refuseSecondRun} from '../answers/second-run.ts';
import {accessFor, type Session} from '../aws-session.ts';
import type {Surroundings} from '../drive-run.ts';
import type {Order} from '../order.ts';
import type {OpenRun} from '../start-run.ts';
import {UsageError} from '../../cli/usage-error.ts';
import {version} from '../../version.ts';
import {childFile} from './fleet-journal.ts';

/** An account's way to AWS, signed in. */
export type Entered = Pick<OpenRun, 'disconnect'> & {readonly session: Session};

/**
 * Reads the records that an account's run begins with, when it goes on from a look. Undefined where that cannot be: the
 * look's journal is not there, or does not end where the fleet's says. Then the run looks at everything itself.
 */
export function recordsOfLook(
  look: TakenLook,
  run: string,
  env: NodeJS.ProcessEnv,
): readonly Event[] | undefined {
  const file = childFile(look.run, env);
  if (!existsSync(file)) return undefined;
  try {
    const {events, head} = readJournal(file);
    return head === look.head ? liveFromLook(events, run, look) : undefined;
  } catch (error) {
    if (error instanceof CorruptJournal) return undefined;
    throw error;
  }
}

/**
 * Opens a run that goes on from a look: its journal begins with the look's records, all of them or none. The account is
 * entered with the session of the look where this process has it. Throws NoSession, JournalError, {@link UsageError} and
 * SecondRun: then there is no journal.
 */
export async function goOnFromLook(
  order: Order,
  records: readonly Event[],
  around: Surroundings,
  entered?: Entered,
): Promise<OpenRun> {
  const {view, stopper, clock, env} = around;
  const {gently} = stopper.interruption;
  const from = evolveAll(initialState, records);
  const {started} = from;
  if (started === undefined) throw new Error('a look begins with its first event');
  const {session, disconnect} = entered ?? (await enteredAgain(order, started.run, gently));
  try {
    refuseAnother(started, session);
    await refuseSecondRun({...started, steps: from.steps}, {env, given: order.answers, view, signal: gently});
    const journal = JournalWriter.create(join(makeJournalFolder(env), `${started.run}.jsonl`), started.run);
    const lock = await lockJournal(journal.file, clock.now());
    journal.guardedBy(lock);
    session.beforeSending(lock.check);
    return {
      setup: {...order, session, journal, lock, from, unwritten: records, secrets: []},
      unlock: () => lock.release(),
      disconnect,
    };
  } catch (error) {
    disconnect();
    throw error;
  }
}

async function enteredAgain(order: Order, run: string, signal: AbortSignal): Promise<Entered> {
  const agent = {version: version(), run};
  const access = await accessFor(
    order.loaded,
    {...order.connection, interrupted: signal, agent},
    order.budget,
  );
  try {
    return {session: await access.session(signal), disconnect: () => access.close()};
  } catch (error) {
    access.close();
    throw error;
  }
}

/** The account and the endpoint are those that the operator was shown. Throws {@link UsageError}. */
function refuseAnother(
  {identity, endpoint}: NonNullable<ReturnType<typeof evolveAll>['started']>,
  session: Session,
): void {
  if (session.identity.account !== identity.account) {
    throw new UsageError(
      `the look was at account ${identity.account}, and these credentials are for ${session.identity.account}`,
    );
  }
  if (session.endpoint !== endpoint) {
    throw new UsageError('its requests would go to another endpoint than those of its look');
  }
}
