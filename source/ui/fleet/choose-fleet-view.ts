import {isAscii} from '../terminal/capabilities.ts';
import {systemClock} from '../terminal/clock.ts';
import {lineWriter} from '../terminal/line-writer.ts';
import type {FleetView} from './fleet-view.ts';

/**
 * Returns the view of a fleet that fits: JSON lines when asked for, else plain lines, with questions on the terminal if
 * there is one.
 */
export async function chooseFleetView(
  {json, onInterrupt}: {readonly json: boolean; readonly onInterrupt: () => void},
  env: NodeJS.ProcessEnv,
): Promise<FleetView> {
  const {stdin, stdout} = process;
  if (json) {
    const {createJsonFleet} = await import('./json-fleet.ts');
    return createJsonFleet({write: (text) => void stdout.write(text)});
  }
  const [{createPlainFleet}, {askOnTerminal}] = await Promise.all([
    import('./plain-fleet.ts'),
    import('../plain/terminal-question.ts'),
  ]);
  const ask = stdin.isTTY
    ? askOnTerminal({stdin, onInterrupt, ascii: isAscii(env), clock: systemClock})
    : undefined;
  return createPlainFleet({write: lineWriter(env), now: Date.now, ...(ask === undefined ? {} : {ask})});
}
