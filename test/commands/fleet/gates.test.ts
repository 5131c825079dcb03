import {expect, it} from 'vitest';
import type {Json} from '../../../source/data/json.ts';
import type {Gates} from '../../../source/engine/model/happenings/gate.ts';
import type {FleetEvent} from '../../../source/fleet/events.ts';
import {readJournal} from '../../../source/journal/read.ts';
import {fleetReportOf} from '../../../source/report/fleet/model.ts';
import {fleetMarkdown} from '../../../source/report/fleet/markdown.ts';
import {childFile} from '../../../source/runs/fleet/fleet-journal.ts';
import {unansweredMs} from '../../../source/runs/attention/notifying-view.ts';
import {fleetResumed, fleetRun, type FleetLeft} from '../../support/fleet-runs.ts';
import {worldOf} from '../../support/fleet-world.ts';
import {type SimulatedFleet} from '../../support/simulated-fleet.ts';

const [one, two] = ['000000000012', '000000000013'] as const;
const clockTime = (at: number): string => new Date(at).toISOString().slice(11, 16);

/** A window that opens an hour after now, for ten hours. */
function inAnHour({clock}: SimulatedFleet): Gates {
  const from = clock.now() + 3_600_000;
  return {
    ticket: 'CHG0031337',
    windows: [{from: clockTime(from), to: clockTime(from + 36_000_000), timeZone: 'UTC'}],
  };
}

function timesOf(events: readonly FleetEvent[], type: FleetEvent['type']): readonly number[] {
  return events.flatMap((event) => (event.type === type ? [event.at] : []));
}

function gatesIn(fleet: SimulatedFleet, left: FleetLeft, id: string): unknown {
  const run = left.state.accounts.get(id)?.run ?? '';
  const {events} = readJournal(childFile(run, {XDG_STATE_HOME: fleet.stateHome}));
  return events[0]?.type === 'run-started' ? events[0].gates : undefined;
}

function reportText({state, events}: FleetLeft): string {
  return fleetMarkdown(fleetReportOf(state, events, {file: '', records: 0, head: ''}, () => ({problem: ''})));
}

it('is agreed to outside of the window and begins no account before it opens, each with the ticket', async () => {
  const fleet = await worldOf({[one]: {}, [two]: {}});
  const gates = inAnHour(fleet);
  const left = await fleetRun(fleet, {
    gates,
    limits: {canary: 2},
    published(_, events) {
      for (const event of events)
        if (event.type === 'window-closed') fleet.clock.skip(event.until - event.at);
    },
  });
  expect(left.exitCode).toBe(0);
  const [closed] = left.events.flatMap((event) => (event.type === 'window-closed' ? [event] : []));
  const until = closed?.until ?? 0;
  expect(timesOf(left.events, 'wave-answered')[0]).toBeLessThan(until);
  expect(timesOf(left.events, 'window-closed')).toHaveLength(1);
  for (const at of timesOf(left.events, 'child-started')) expect(at).toBeGreaterThanOrEqual(until);
  expect(gatesIn(fleet, left, one)).toEqual(gates);
  const sessions =
    fleet.accounts.get(one)?.requests.filter(({operation}) => operation === 'AssumeRole') ?? [];
  expect(sessions.length).toBeGreaterThan(0);
  for (const session of sessions) expect(JSON.stringify(session)).toMatch(/handrail-f-[\w-]+-CHG0031337/);
  expect(reportText(left)).toMatch(/Ticket.*CHG0031337[^]*Window.*UTC/);
});

it('waits for no window with a reason, which the journal of each account and the report hold', async () => {
  const fleet = await worldOf({[one]: {}});
  const reason = 'outage, INC7: the lead agreed';
  const left = await fleetRun(fleet, {gates: inAnHour(fleet), override: reason});
  expect(left.exitCode).toBe(0);
  expect(timesOf(left.events, 'window-closed')).toEqual([]);
  const run = left.state.accounts.get(one)?.run ?? '';
  const {events} = readJournal(childFile(run, {XDG_STATE_HOME: fleet.stateHome}));
  expect(events.filter(({type}) => type === 'gate-overridden')).toMatchObject([{reason}]);
  expect(reportText(left)).toContain(reason);
});

it('keeps to its window and its ticket when it is gone on with', async () => {
  const fleet = await worldOf({[one]: {}});
  const gates = inAnHour(fleet);
  const first = await fleetRun(fleet, {
    gates,
    published(_, events, stop) {
      if (events.some(({type}) => type === 'window-closed')) stop();
    },
  });
  expect(first.exitCode).toBe(130);
  const before = fleet.accounts.get(one)?.requests.length ?? 0;
  const second = await fleetResumed(fleet, first.closing.journal ?? '', {
    published(_, events) {
      for (const event of events)
        if (event.type === 'window-closed') fleet.clock.skip(event.until - event.at);
    },
  });
  expect(second.exitCode).toBe(0);
  const [until = 0] = second.events.flatMap((event) => (event.type === 'window-closed' ? [event.until] : []));
  for (const at of timesOf(second.events, 'child-started')) expect(at).toBeGreaterThanOrEqual(until);
  expect(gatesIn(fleet, second, one)).toEqual(gates);
  const sessions = fleet.accounts
    .get(one)
    ?.requests.slice(before)
    .filter(({operation}) => operation === 'AssumeRole');
  for (const session of sessions ?? [])
    expect(JSON.stringify(session)).toMatch(/handrail-f-[\w-]+-CHG0031337/);
});

it('waits no longer once it is gone on with and a reason', async () => {
  const fleet = await worldOf({[one]: {}});
  const first = await fleetRun(fleet, {
    gates: inAnHour(fleet),
    published(_, events, stop) {
      if (events.some(({type}) => type === 'window-closed')) stop();
    },
  });
  expect(first.exitCode).toBe(130);
  const second = await fleetResumed(fleet, first.closing.journal ?? '', {override: 'the lead agreed'});
  expect(second.exitCode).toBe(0);
  expect(timesOf(second.events, 'window-closed')).toHaveLength(1);
  expect(fleet.accounts.get(one)?.account().role).toBeNull();
});

it('calls somebody for a wave that waits, for an account that stands still, and at its end', async () => {
  const fleet = await worldOf({
    [one]: {
      faults: [{service: 'iam', operation: 'DeleteServiceLinkedRole', always: true, fault: 'deniedByScp'}],
    },
  });
  const told: Json[] = [];
  let stopAccount: (() => void) | undefined;
  const left = await fleetRun(fleet, {
    slowly: 2 * unansweredMs,
    childSteering: (_, {stop}) => (stopAccount = stop),
    told(line) {
      told.push(line);
      if (JSON.stringify(line).includes('standstill')) stopAccount?.();
    },
  });
  expect(left.exitCode).toBe(3);
  expect(told).toMatchObject([
    {kind: 'question', changes: 1, typeToConfirm: 'AWSServiceRoleForImageBuilder in 1 account'},
    {kind: 'standstill', text: `Account ${one} cannot go on without you`},
    {kind: 'ended', status: 'needs-operator'},
  ]);
  expect(told[0]).toMatchObject({type: 'notice', fleet: left.state.started?.fleet, simulation: false});
});
