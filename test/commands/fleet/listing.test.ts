import {afterEach, expect, it} from 'vitest';
import {runList} from '../../../source/commands/runs-output/run-list.ts';
import {findRun} from '../../../source/journal/find-run.ts';
import {listFleets} from '../../../source/runs/fleet/list-fleets.ts';
import {listRuns} from '../../../source/runs/list-runs.ts';
import {latestToUndo} from '../../../source/runs/undone-runs.ts';
import {fleetRun} from '../../support/fleet-runs.ts';
import {simulatedFleet, type SimulatedFleet} from '../../support/simulated-fleet.ts';

let world: SimulatedFleet | undefined;
afterEach(() => world?.close());

it('a fleet is one line among the runs, and no latest run is one of its accounts', async () => {
  world = await simulatedFleet({'000000000012': {}, '000000000013': {schedules: 1}});
  const left = await fleetRun(world, {
    wave: ({wave, typeToConfirm}) => ({accepted: wave === 1, by: 'kim', typed: typeToConfirm}),
  });
  const env = {XDG_STATE_HOME: world.stateHome};
  expect(listRuns(env)).toEqual([]);
  const {fleet = ''} = left.state.started ?? {};
  const [line = '', ...others] = runList(listFleets(env), world.clock.now(), Infinity).slice(1);
  expect(line.split(/ {2,}/)).toEqual([
    fleet,
    expect.stringMatching(/^\d+ min$/) as string,
    'can be resumed',
    '2 accounts',
    'declined',
    `handrail fleet resume ${fleet}`,
    'Delete the Image Builder service-linked role',
  ]);
  expect(others).toEqual([]);
  expect(() => findRun('latest', env)).toThrow('every run here is of a fleet: name one');
  expect(() => findRun(fleet, env)).toThrow(`${fleet} is a fleet: handrail fleet report ${fleet}`);
  expect(() => latestToUndo(env)).toThrow('there is no run to take back');
  const run = left.state.accounts.get('000000000012')?.run ?? '';
  expect(findRun(run, env)).toContain(run);
});
