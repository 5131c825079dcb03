import {existsSync} from 'node:fs';
import type {Event} from '../../engine/model/events.ts';
import {chooseFleetView} from '../../ui/fleet/choose-fleet-view.ts';
import type {StopWish} from '../../ui/view.ts';
import {CorruptJournal, readJournal} from '../../journal/read.ts';
import {NotifyCommand} from '../attention/notify-command.ts';
import {notifyingFleet} from '../attention/notifying-fleet.ts';
import type {Showing} from '../with-view.ts';
import {stopOnSignals} from '../stop-signals.ts';
import {systemClock} from '../system-clock.ts';
import {childFile} from './fleet-journal.ts';
import type {FleetSurroundings} from './start-fleet.ts';

/** Does something with the view of a fleet that fits this process, and with its signals. Returns the result. */
export async function withFleetView(
  {json, notify}: Showing,
  action: (around: FleetSurroundings) => Promise<number>,
): Promise<number> {
  const stopper = stopOnSignals();
  const {env} = process;
  const command = notify === undefined ? undefined : new NotifyCommand(notify);
  try {
    const onInterrupt = (why?: StopWish): void => stopper.stop(why ?? 'SIGINT');
    const readRun = (run: string): readonly Event[] | undefined => eventsOf(run, env);
    const chosen = await chooseFleetView({json, onInterrupt, readRun}, env);
    const view =
      command === undefined ? chosen : notifyingFleet(chosen, (line) => command.tell(line), systemClock);
    return await action({view, stopper, clock: systemClock, env});
  } finally {
    stopper.release();
    const failure = await command?.settled();
    if (failure !== undefined) process.stderr.write(`handrail: ${failure}\n`);
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
