import type {NotifyWords} from './attention/notify-option.ts';
import {chooseView} from '../ui/choose-view.ts';
import {NotifyCommand} from './attention/notify-command.ts';
import {notifying} from './attention/notifying-view.ts';
import type {Surroundings} from './drive-run.ts';
import {stopOnSignals} from './stop-signals.ts';
import {systemClock} from './system-clock.ts';

/** How a run is shown, and who is told of it besides. */
export interface Showing {
  readonly json: boolean;
  /** The run lives elsewhere: leaving its view does not stop it. */
  readonly elsewhere?: boolean;
  /** The words of a command that calls an operator. */
  readonly notify?: NotifyWords | undefined;
}

/** Runs an action with the view that fits this process and with its signals. Returns the action's result. */
export async function withView(
  {json, notify, elsewhere = false}: Showing,
  action: (surroundings: Surroundings) => Promise<number>,
): Promise<number> {
  const stopper = stopOnSignals();
  const {env} = process;
  const command = notify === undefined ? undefined : new NotifyCommand(notify);
  try {
    const chosen = await chooseView(
      {json, elsewhere, onInterrupt: (why) => stopper.stop(why ?? 'SIGINT')},
      env,
    );
    const view =
      command === undefined ? chosen : notifying(chosen, (line) => command.tell(line), systemClock);
    return await action({view, stopper, clock: systemClock, env});
  } finally {
    stopper.release();
    const failure = await command?.settled();
    if (failure !== undefined) process.stderr.write(`handrail: ${failure}\n`);
  }
}
