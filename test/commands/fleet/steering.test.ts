import {describe, expect, it} from 'vitest';
import type {FleetEvent} from '../../../source/fleet/events.ts';
import type {FleetCommand} from '../../../source/fleet/steer.ts';
import {readJournal} from '../../../source/journal/read.ts';
import {childFile} from '../../../source/runs/fleet/fleet-journal.ts';
import type {AccountSteering} from '../../../source/ui/fleet/fleet-view.ts';
import {isStuck} from '../../../source/wording/blocked-help.ts';
import {fleetResumed, fleetRun} from '../../support/fleet-runs.ts';
import {worldOf} from '../../support/fleet-world.ts';

const [one, two] = ['000000000012', '000000000013'] as const;
const refusedOnce = {
  faults: [{service: 'iam', operation: 'DeleteServiceLinkedRole', first: 1, fault: 'deniedByScp'}],
} as const;

function indexOf(events: readonly FleetEvent[], type: FleetEvent['type'], account?: string): number {
  return events.findIndex(
    (event) =>
      event.type === type && (account === undefined || ('account' in event && event.account === account)),
  );
}

describe('a fleet that its operator pauses', () => {
  it('goes on where changes had begun, begins no other account, and goes on when it is let', async () => {
    const fleet = await worldOf({[one]: {}, [two]: {}});
    let command: ((one: FleetCommand) => void) | undefined;
    const left = await fleetRun(fleet, {
      limits: {canary: 2, tolerate: 0},
      steering: (handler) => (command = handler),
      published(_, events) {
        if (indexOf(events, 'child-answered', one) >= 0) command?.('pause');
        if (indexOf(events, 'child-ended', one) >= 0) command?.('continue');
      },
    });
    expect(left.exitCode).toBe(0);
    const order = [
      indexOf(left.events, 'fleet-held'),
      indexOf(left.events, 'child-ended', one),
      indexOf(left.events, 'fleet-released'),
      indexOf(left.events, 'child-started', two),
    ];
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(order[0]).toBeGreaterThan(0);
    expect(left.events.filter(({type}) => type === 'fleet-held')).toMatchObject([{by: expect.any(String)}]);
    expect(fleet.accounts.get(two)?.account().role).toBeNull();
  });

  it('is left by Ctrl-C and gone on with: a resumed fleet is not paused', async () => {
    const fleet = await worldOf({[one]: {}, [two]: {}});
    let command: ((one: FleetCommand) => void) | undefined;
    const first = await fleetRun(fleet, {
      steering: (handler) => (command = handler),
      published(state, events, stop) {
        if (indexOf(events, 'wave-answered') >= 0) command?.('pause');
        if (state.held !== undefined) stop();
      },
    });
    expect([first.exitCode, first.state.held === undefined]).toEqual([130, false]);
    const second = await fleetResumed(fleet, first.closing.journal ?? '');
    expect([second.exitCode, second.state.held]).toEqual([0, undefined]);
  });
});

describe('an account whose run cannot go on', () => {
  it('waits for its operator while the others go on, and is done once it is tried again', async () => {
    const fleet = await worldOf({[one]: refusedOnce, [two]: {}});
    const steered = new Map<string, AccountSteering>();
    let stuck = false;
    const left = await fleetRun(fleet, {
      limits: {canary: 2, tolerate: 1},
      childSteering: ({id}, steering) => void steered.set(id, steering),
      happened({id}, _, __, state) {
        if (id === one && isStuck(state)) stuck = true;
      },
      published(_, events) {
        // Nothing else is under way: the fleet waits for the operator.
        if (indexOf(events, 'child-ended', two) >= 0) {
          expect(stuck).toBe(true);
          steered.get(one)?.command({do: 'retry'});
        }
      },
    });
    expect(left.exitCode).toBe(0);
    expect(fleet.accounts.get(one)?.account().role).toBeNull();
    const run = left.state.accounts.get(one)?.run ?? '';
    const {events} = readJournal(childFile(run, {XDG_STATE_HOME: fleet.stateHome}));
    expect(events.map(({type}) => type)).toContain('retried');
  });

  it('is stopped alone; it needs an operator, counts as no failure, and a resumed fleet goes on with it', async () => {
    const fleet = await worldOf({[one]: refusedOnce, [two]: {}});
    const steered = new Map<string, AccountSteering>();
    const first = await fleetRun(fleet, {
      limits: {canary: 2, tolerate: 0},
      childSteering: ({id}, steering) => void steered.set(id, steering),
      happened({id}, _, __, state) {
        if (isStuck(state)) steered.get(id)?.stop();
      },
    });
    expect(first.exitCode).toBe(3);
    expect(first.state.accounts.get(one)?.end).toMatchObject({status: 'needs-operator', made: 0});
    expect(first.state.accounts.get(one)?.end?.message).toMatch(
      /^stopped by .*: handrail fleet resume goes on/,
    );
    expect(fleet.accounts.get(two)?.account().role).toBeNull();
    const second = await fleetResumed(fleet, first.closing.journal ?? '');
    expect([second.exitCode, second.waves.length]).toEqual([0, 0]);
    expect(fleet.accounts.get(one)?.account().role).toBeNull();
  });

  it('ends as before where nobody can steer it', async () => {
    const fleet = await worldOf({[one]: refusedOnce});
    const left = await fleetRun(fleet);
    expect(left.exitCode).toBe(1);
    expect(left.state.accounts.get(one)?.end?.status).toBe('failed');
  });
});
