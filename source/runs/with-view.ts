import {chooseView} from '../ui/choose-view.ts';
import type {Surroundings} from './drive-run.ts';
import {stopOnSignals} from './stop-signals.ts';
import {systemClock} from './system-clock.ts';

/** Runs an action with the view that fits this process and with its signals. Returns the action's result. */
export async function withView(
  json: boolean,
  action: (surroundings: Surroundings) => Promise<number>,
): Promise<number> {
  const stopper = stopOnSignals();
  const {env} = process;
  try {
    const view = await chooseView({json, onInterrupt: (why) => stopper.stop(why ?? 'SIGINT')}, env);
    return await action({view, stopper, clock: systemClock, env});
  } finally {
    stopper.release();
  }
}
