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
import type {Session} from '../aws-session.ts';
import type {Surroundings} from '../drive-run.ts';
import type {Order} from '../order.ts';
import type {OpenRun} from '../start-run.ts';
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
 * Opens a run that goes on from a look: its journal begins with the look's records, all of them or none, and it uses the
 * session of the look. Throws JournalError and SecondRun: then there is no journal.
 */
export async function goOnFromLook(
  order: Order,
  records: readonly Event[],
  {view, stopper, clock, env}: Surroundings,
  entered: Entered,
): Promise<OpenRun> {
  const {gently} = stopper.interruption;
  const {disconnect} = entered;
  try {
    const from = evolveAll(initialState, records);
    const {started, steps} = from;
    if (started === undefined) throw new Error('a look begins with its first event');
    await refuseSecondRun({...started, steps}, {env, given: order.answers, view, signal: gently});
    const session = entered.session.handedTo(started.run);
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
