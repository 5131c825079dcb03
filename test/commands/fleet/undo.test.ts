import {afterEach, expect, it} from 'vitest';
import {execute} from '../../../source/runs/start-run.ts';
import {simulatedCredentials} from '../../../source/runs/simulated-credentials.ts';
import {undoFleet} from '../../../source/runs/fleet/undo-fleet.ts';
import {recordingView} from '../../support/recording-view.ts';
import {fleetRun} from '../../support/fleet-runs.ts';
import {simulatedFleet, type SimulatedFleet} from '../../support/simulated-fleet.ts';

let world: SimulatedFleet | undefined;
afterEach(() => world?.close());

it('an undo puts back what each account’s run changed, only where it is named, and once', async () => {
  world = await simulatedFleet({
    '000000000012': {schedules: 1},
    '000000000013': {},
    '000000000014': {hasRole: false},
  });
  const fleet = world;
  const left = await fleetRun(fleet);
  const env = {XDG_STATE_HOME: fleet.stateHome};
  const quiet = new AbortController().signal;
  const said: string[] = [];
  const undone = (only: readonly string[]): Promise<number> =>
    undoFleet({
      file: left.closing.journal ?? '',
      only,
      connection: {endpoint: fleet.endpoint, credentials: simulatedCredentials},
      answers: {yes: true, confirm: [], everything: false, waive: []},
      env,
      say: (line) => void said.push(line),
      undo: (order) =>
        execute(order, {
          view: recordingView(),
          stopper: {interruption: {gently: quiet, atOnce: quiet}, stop: () => {}, release: () => {}},
          clock: fleet.clock,
          env,
        }),
    });
  expect(await undone(['000000000012'])).toBe(0);
  const roleOf = (id: string): unknown => fleet.accounts.get(id)?.account().role;
  expect([roleOf('000000000012') === null, roleOf('000000000013') === null]).toEqual([false, true]);
  expect(await undone([])).toBe(0);
  expect(roleOf('000000000013')).not.toBeNull();
  expect(roleOf('000000000014')).toBeNull();
  expect(said.find((line) => line.startsWith('000000000012: run'))).toContain('was taken back already');
});
