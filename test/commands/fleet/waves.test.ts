import {describe, expect, it} from 'vitest';
import {staleMs} from '../../../source/fleet/decide.ts';
import type {FleetEvent} from '../../../source/fleet/events.ts';
import {readJournal} from '../../../source/journal/read.ts';
import {childFile} from '../../../source/runs/fleet/fleet-journal.ts';
import {fleetResumed, fleetRun} from '../../support/fleet-runs.ts';
import {changesOf} from '../../support/run-results.ts';
import {worldOf} from '../../support/fleet-world.ts';

const [one, two] = ['000000000012', '000000000013'] as const;

function timeOf(events: readonly FleetEvent[], type: FleetEvent['type'], wave: number): number {
  return events.find((event) => event.type === type && 'wave' in event && event.wave === wave)?.at ?? NaN;
}

function looksOf(events: readonly FleetEvent[], id: string): readonly number[] {
  return events.flatMap((event) => (event.type === 'look-ended' && event.account === id ? [event.at] : []));
}

describe('the waves of a fleet', () => {
  it('lie a soak apart; the look that has grown old by then is made again before the question', async () => {
    const fleet = await worldOf({[one]: {}, [two]: {schedules: 1}});
    const soakSeconds = 900;
    const left = await fleetRun(fleet, {limits: {soakSeconds}});
    expect(left.exitCode).toBe(0);
    const asked = timeOf(left.events, 'wave-asked', 2);
    expect(asked - timeOf(left.events, 'wave-ended', 1)).toBeGreaterThanOrEqual(soakSeconds * 1000);
    expect([looksOf(left.events, one).length, looksOf(left.events, two).length]).toEqual([1, 2]);
    expect(asked - (looksOf(left.events, two)[1] ?? 0)).toBeLessThan(staleMs);
  });

  it('come days later from the same journal: what is done is left alone, what is to do is looked at again', async () => {
    const fleet = await worldOf({[one]: {}, [two]: {schedules: 1}});
    const first = await fleetRun(fleet, {
      wave: ({wave, typeToConfirm}) => ({accepted: wave === 1, by: 'kim', typed: typeToConfirm}),
    });
    expect([first.exitCode, fleet.accounts.get(one)?.account().role]).toEqual([3, null]);
    const before = fleet.accounts.get(one)?.requests.length;
    fleet.clock.skip(2 * 86_400_000);
    const second = await fleetResumed(fleet, first.closing.journal ?? '');
    expect(second.exitCode).toBe(0);
    expect(second.waves.map(({accounts}) => accounts)).toEqual([[two]]);
    // Its first look, and the one of today.
    expect(looksOf(second.events, two)).toHaveLength(2);
    expect(fleet.accounts.get(one)?.requests.length).toBe(before);
    expect(fleet.accounts.get(two)?.account().role).toBeNull();
  });

  it('take what is to be last when everything else is done, however little there is to change in it', async () => {
    const fleet = await worldOf({[one]: {}, [two]: {schedules: 1}});
    const left = await fleetRun(fleet, {accounts: [{id: one, wave: 'last'}, {id: two}], limits: {canary: 5}});
    expect(left.waves.map(({accounts}) => accounts)).toEqual([[two], [one]]);
    expect(left.exitCode).toBe(0);
  });

  it('leave out an account with a Region that is not known, unless just this Region of it was waived', async () => {
    const walled = {
      faults: [{service: 'imagebuilder', region: 'us-east-1', always: true, fault: 'deniedByScp'}],
    } as const;
    const fleet = await worldOf({[one]: walled, [two]: walled});
    const left = await fleetRun(fleet, {answers: {waive: [`${one}/us-east-1`]}});
    expect(left.exitCode).toBe(4);
    expect(left.waves.map(({accounts}) => accounts)).toEqual([[one]]);
    expect(fleet.accounts.get(one)?.account().role).toBeNull();
    expect(changesOf({requests: fleet.accounts.get(two)?.requests ?? []})).toEqual([]);
    const run = left.state.accounts.get(one)?.run ?? '';
    const {events} = readJournal(childFile(run, {XDG_STATE_HOME: fleet.stateHome}));
    expect(events.filter(({type}) => type === 'waived')).toMatchObject([{region: 'us-east-1'}]);
  });
});
