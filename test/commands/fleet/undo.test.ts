import {expect, it} from 'vitest';
import {PolicyRefusal} from '../../../source/cli/usage-error.ts';
import type {Event} from '../../../source/engine/model/events.ts';
import type {Gates} from '../../../source/engine/model/happenings/gate.ts';
import {execute} from '../../../source/runs/start-run.ts';
import {simulatedCredentials} from '../../../source/runs/simulated-credentials.ts';
import type {Order} from '../../../source/runs/order.ts';
import {undoFleet} from '../../../source/runs/fleet/undo-fleet.ts';
import {recordingView} from '../../support/recording-view.ts';
import {fleetRun, type FleetLeft} from '../../support/fleet-runs.ts';
import {worldOf} from '../../support/fleet-world.ts';
import type {SimulatedFleet} from '../../support/simulated-fleet.ts';

const [one, two, three] = ['000000000012', '000000000013', '000000000014'] as const;

interface Undone {
  readonly code: number;
  readonly said: readonly string[];
  readonly events: readonly Event[];
}

/** Takes a fleet back; `change` is what the command line adds to each account's run. */
async function undone(
  fleet: SimulatedFleet,
  {closing}: FleetLeft,
  {
    only = [],
    change = {},
    undo,
  }: {
    only?: readonly string[];
    change?: Partial<Order>;
    undo?: (order: Order, again: string) => Promise<number>;
  },
): Promise<Undone> {
  const quiet = new AbortController().signal;
  const env = {XDG_STATE_HOME: fleet.stateHome};
  const said: string[] = [];
  const view = recordingView();
  const code = await undoFleet({
    file: closing.journal ?? '',
    only,
    ticket: change.gates?.ticket,
    connection: {endpoint: fleet.endpoint, credentials: simulatedCredentials},
    answers: {yes: true, confirm: [], everything: false, waive: []},
    env,
    say: (line) => void said.push(line),
    undo:
      undo ??
      ((order) =>
        execute(
          {...order, ...change},
          {
            view,
            stopper: {interruption: {gently: quiet, atOnce: quiet}, stop: () => {}, release: () => {}},
            clock: fleet.clock,
            env,
          },
        )),
  });
  return {code, said, events: view.events};
}

it('an undo puts back what each account’s run changed, only where it is named, and once', async () => {
  const fleet = await worldOf({[one]: {schedules: 1}, [two]: {}, [three]: {hasRole: false}});
  const accounts = [{id: one, name: 'payments'}, {id: two}, {id: three}];
  const left = await fleetRun(fleet, {accounts});
  const roleOf = (id: string): unknown => fleet.accounts.get(id)?.account().role;
  await expect(undone(fleet, left, {only: ['payment']})).rejects.toThrow('the fleet has no account payment');
  expect(await undone(fleet, left, {only: ['payments']})).toMatchObject({code: 0});
  expect([roleOf(one) === null, roleOf(two) === null]).toEqual([false, true]);
  const all = await undone(fleet, left, {});
  expect(all.code).toBe(0);
  expect(roleOf(two)).not.toBeNull();
  expect(roleOf(three)).toBeNull();
  expect(all.said.find((line) => line.startsWith(`${one} payments: run`))).toContain(
    'was taken back already',
  );
});

it('an undo has the ticket in each account, and a window that it waits for unless there is a reason', async () => {
  const fleet = await worldOf({[one]: {}});
  const left = await fleetRun(fleet);
  const before = fleet.accounts.get(one)?.requests.length ?? 0;
  const at = (ms: number): string => new Date(fleet.clock.now() + ms).toISOString().slice(11, 16);
  const windows = [{from: at(3_600_000), to: at(36_000_000), timeZone: 'UTC'}];
  const gates: Gates = {ticket: 'CHG0031337', windows};
  const override = 'outage, INC7: the lead agreed';
  const {code, events} = await undone(fleet, left, {change: {gates, override}});
  expect(code).toBe(0);
  expect(events[0]).toMatchObject({type: 'run-started', gates});
  expect(events.filter(({type}) => type === 'gate-overridden')).toMatchObject([{reason: override}]);
  const sessions = fleet.accounts
    .get(one)
    ?.requests.slice(before)
    .filter(({operation}) => operation === 'AssumeRole');
  expect(sessions?.length).toBeGreaterThan(0);
  for (const session of sessions ?? [])
    expect(JSON.stringify(session)).toMatch(/handrail-f-[\w-]+-CHG0031337/);
});

it('an undo that a policy forbids ends with that, and asks no other account', async () => {
  const fleet = await worldOf({[one]: {}, [two]: {}});
  const left = await fleetRun(fleet, {limits: {canary: 2}});
  const asked: string[] = [];
  const refused = (_order: Order, again: string): Promise<number> => {
    asked.push(again);
    return Promise.reject(new PolicyRefusal('the policy p.yaml:3 wants a ticket'));
  };
  await expect(undone(fleet, left, {undo: refused})).rejects.toBeInstanceOf(PolicyRefusal);
  // Its own keys are not those of the environment: only the fleet's undo enters the account.
  expect(asked).toEqual([`handrail fleet undo ${left.state.started?.fleet} --only ${one}`]);
});
