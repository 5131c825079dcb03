import {existsSync} from 'node:fs';
import type {Event} from '../../engine/model/events.ts';
import {chooseFleetView} from '../../ui/fleet/choose-fleet-view.ts';
import {CorruptJournal, readJournal} from '../../journal/read.ts';
import {stopOnSignals} from '../stop-signals.ts';
import {systemClock} from '../system-clock.ts';
import {childFile} from './fleet-journal.ts';
import type {FleetSurroundings} from './start-fleet.ts';

/** Does something with the view of a fleet that fits this process, and with its signals. Returns the result. */
export async function withFleetView(
  json: boolean,
  action: (around: FleetSurroundings) => Promise<number>,
): Promise<number> {
  const stopper = stopOnSignals();
  const {env} = process;
  try {
    const onInterrupt = (): void => stopper.stop('SIGINT');
    const readRun = (run: string): readonly Event[] | undefined => eventsOf(run, env);
    const view = await chooseFleetView({json, onInterrupt, readRun}, env);
    return await action({view, stopper, clock: systemClock, env});
  } finally {
    stopper.release();
  }
}

/** Reads the events of an account's run; undefined where it has no journal yet, or none that is whole. */
function eventsOf(run: string, env: NodeJS.ProcessEnv): readonly Event[] | undefined {
  const file = childFile(run, env);
  if (!existsSync(file)) return undefined;
  try {
    return readJournal(file).events;
  } catch (error) {
    if (error instanceof CorruptJournal) return undefined;
    throw error;
  }
}
