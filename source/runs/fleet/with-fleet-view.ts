import {chooseFleetView} from '../../ui/fleet/choose-fleet-view.ts';
import {stopOnSignals} from '../stop-signals.ts';
import {systemClock} from '../system-clock.ts';
import type {FleetSurroundings} from './start-fleet.ts';

/** Does something with the view of a fleet that fits this process, and with its signals. Returns the result. */
export async function withFleetView(
  json: boolean,
  action: (around: FleetSurroundings) => Promise<number>,
): Promise<number> {
  const stopper = stopOnSignals();
  const {env} = process;
  try {
    const view = await chooseFleetView({json, onInterrupt: () => stopper.stop('SIGINT')}, env);
    return await action({view, stopper, clock: systemClock, env});
  } finally {
    stopper.release();
  }
}
