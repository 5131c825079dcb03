import type {Event} from '../../engine/model/events.ts';
import {canAsk, isInteractive, prepareInk} from '../choose-view.ts';
import {isAscii} from '../terminal/capabilities.ts';
import {systemClock} from '../terminal/clock.ts';
import {lineWriter} from '../terminal/line-writer.ts';
import type {StopWish} from '../view.ts';
import type {FleetView} from './fleet-view.ts';

interface FleetViewOptions {
  readonly json: boolean;
  readonly onInterrupt: (why?: StopWish) => void;
  /** Reads what happened in an account's run, from its journal; undefined where it has none that can be read. */
  readonly readRun: (run: string) => readonly Event[] | undefined;
}

/**
 * Returns the view of a fleet that fits: JSON lines when asked for; the full screen where the terminal can show and
 * answer it; else plain lines, with questions on the terminal if there is one.
 */
export async function chooseFleetView(
  {json, onInterrupt, readRun}: FleetViewOptions,
  env: NodeJS.ProcessEnv,
): Promise<FleetView> {
  const {stdin, stdout} = process;
  if (json) {
    const {createJsonFleet} = await import('./json-fleet.ts');
    return createJsonFleet({write: (text) => void stdout.write(text)});
  }
  if (isInteractive(env)) {
    prepareInk(env);
    const {createFleetScreen} = await import('./screen/fleet-screen-view.tsx');
    return createFleetScreen({stdout, stdin, onInterrupt, readRun, now: Date.now, env});
  }
  const [{createPlainFleet}, {askOnTerminal}] = await Promise.all([
    import('./plain-fleet.ts'),
    import('../plain/terminal-question.ts'),
  ]);
  const ask = stdin.isTTY
    ? askOnTerminal({stdin, onInterrupt, ascii: isAscii(env), clock: systemClock})
    : undefined;
  const spoken = canAsk() && env['INK_SCREEN_READER'] === 'true';
  return createPlainFleet({
    write: lineWriter(env),
    now: Date.now,
    spoken,
    ...(ask === undefined ? {} : {ask}),
  });
}
