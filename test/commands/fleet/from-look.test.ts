import {rmSync} from 'node:fs';
import {describe, expect, it} from 'vitest';
import type {Event} from '../../../source/engine/model/events.ts';
import {staleMs} from '../../../source/fleet/decide.ts';
import {readJournal} from '../../../source/journal/read.ts';
import {childFile} from '../../../source/runs/fleet/fleet-journal.ts';
import type {Surprise} from '../../../source/simulator/scenario/schema.ts';
import {fleetResumed, fleetRun, type FleetLeft} from '../../support/fleet-runs.ts';
import {changesOf} from '../../support/run-results.ts';
import {worldOf} from '../../support/fleet-world.ts';
import {type SimulatedFleet} from '../../support/simulated-fleet.ts';

const [one, two] = ['000000000012', '000000000013'] as const;

/** The journal of an account's run, and what the account was asked of an operation. */
function seenIn(fleet: SimulatedFleet, left: FleetLeft, id: string) {
  const row = left.state.accounts.get(id);
  const env = {XDG_STATE_HOME: fleet.stateHome};
  const {events} = readJournal(childFile(row?.run ?? '', env));
  const times = (operation: string): number =>
    (fleet.accounts.get(id)?.requests ?? []).filter((request) => request.operation === operation).length;
  return {events, times, look: readJournal(childFile(row?.lookRun ?? '', env))};
}

const changedIn = (fleet: SimulatedFleet, id: string): readonly string[] =>
  changesOf({requests: fleet.accounts.get(id)?.requests ?? []}).map(({operation}) => operation);

/** Asks of the two lists of Regions after the answer to the last question. */
function lastLook(events: readonly Event[]): readonly string[] {
  const answered = events.findLastIndex(({type}) => type === 'answered');
  return events
    .slice(answered)
    .flatMap((event) =>
      event.type === 'call-started' && event.operation.startsWith('imagebuilder:List')
        ? [`${event.operation.slice('imagebuilder:List'.length)} ${event.region}`]
        : [],
    )
    .sort();
}

const everyRegion = [
  'ImageBuildVersions eu-west-1',
  'ImageBuildVersions us-east-1',
  'ImagePipelines eu-west-1',
  'ImagePipelines us-east-1',
];

describe("an account's run in a fleet", () => {
  it('goes on from its look, with its session, and looks at all of it again before the deletion', async () => {
    const fleet = await worldOf({[one]: {schedules: 1}});
    const left = await fleetRun(fleet);
    expect(left.exitCode).toBe(0);
    const {events, look, times} = seenIn(fleet, left, one);
    const [first] = events;
    expect(first).toMatchObject({mode: 'live', look: {run: look.run, head: look.head}});
    const seen = look.events.filter(({type}) => type !== 'asked' && type !== 'run-ended');
    expect(events.slice(1, seen.length)).toEqual(seen.slice(1));
    // Each of these twice: by the look, and before the deletion. The role: by the look, and when it is gone.
    expect(['ListImageBuildVersions', 'ListImagePipelines', 'GetRole'].map(times)).toEqual([4, 4, 2]);
    // STS has said who is calling when it gave the keys.
    expect(['AssumeRole', 'GetCallerIdentity', 'ListRegions'].map(times)).toEqual([1, 0, 1]);
    expect(events[0]).toMatchObject({
      identity: {account: one, arn: expect.stringMatching(`:sts::${one}:assumed-role/[^/]+/handrail-f-`)},
    });
    expect(lastLook(events)).toEqual(everyRegion);
  });

  it('looks at everything itself when its look has grown old until it may begin', async () => {
    const fleet = await worldOf({[one]: {schedules: 1}});
    const left = await fleetRun(fleet, {
      wave: ({typeToConfirm}) => {
        fleet.clock.skip(staleMs);
        return {accepted: true, by: 'kim', typed: typeToConfirm};
      },
    });
    expect(left.exitCode).toBe(0);
    const {events, times} = seenIn(fleet, left, one);
    expect(events[0]).not.toHaveProperty('look');
    expect(times('ListImageBuildVersions')).toBe(6);
  });

  it('looks at everything itself when the journal of its look is not what the fleet has shown', async () => {
    const fleet = await worldOf({[one]: {schedules: 1}});
    const left = await fleetRun(fleet, {
      published: ({accounts}, events) => {
        if (!events.some(({type}) => type === 'wave-answered')) return;
        const run = accounts.get(one)?.lookRun ?? '';
        rmSync(childFile(run, {XDG_STATE_HOME: fleet.stateHome}));
      },
    });
    expect([left.exitCode, fleet.accounts.get(one)?.account().role]).toEqual([0, null]);
    const run = left.state.accounts.get(one)?.run ?? '';
    expect(readJournal(childFile(run, {XDG_STATE_HOME: fleet.stateHome})).events[0]).not.toHaveProperty(
      'look',
    );
  });

  it('looks at everything itself when the process that looked has ended', async () => {
    const fleet = await worldOf({[one]: {}, [two]: {schedules: 1}});
    const first = await fleetRun(fleet, {
      published: (_state, events, stop) => {
        if (events.some(({type}) => type === 'wave-ended')) stop();
      },
    });
    expect(first.exitCode).toBe(130);
    const second = await fleetResumed(fleet, first.closing.journal ?? '');
    expect(second.exitCode).toBe(0);
    const {events, times} = seenIn(fleet, second, two);
    expect(events[0]).not.toHaveProperty('look');
    expect(['ListImageBuildVersions', 'ListRegions', 'AssumeRole'].map(times)).toEqual([6, 2, 2]);
    // Which Regions have the service is the same for every account: one of them asks, in each process.
    const asked = [...fleet.accounts.values()].flatMap(({requests}) => requests);
    expect(asked.filter((request) => request.operation === 'GetParametersByPath')).toHaveLength(2);
  });

  const late: readonly [string, Partial<Surprise>, string][] = [
    ['build', {startBuild: {region: 'us-east-1', name: 'late'}}, 'imagebuilder:CancelImageCreation'],
    [
      'scheduled pipeline',
      {
        changePipeline: {
          region: 'us-east-1',
          name: 'team-001',
          with: {schedule: {scheduleExpression: 'cron(0 3 * * ? *)'}},
        },
      },
      'imagebuilder:UpdateImagePipeline',
    ],
  ];
  it.each(late)(
    'asks about a %s that is there since its look, in that account alone, and deletes nothing without a yes',
    async (_what, happens, operation) => {
      const fleet = await worldOf({[one]: {schedules: 1}, [two]: {}});
      const left = await fleetRun(fleet, {
        limits: {canary: 2},
        wave: ({typeToConfirm}) => {
          fleet.accounts.get(one)?.surprise({upon: 'imagebuilder:GetImagePipeline', nth: 1, ...happens});
          return {accepted: true, by: 'kim', typed: typeToConfirm};
        },
      });
      expect(
        left.beyond.map(({changes}) => changes.map((change) => [change.operation, change.region])),
      ).toEqual([[[operation, 'us-east-1']]]);
      expect(left.exitCode).toBe(3);
      // Just what the wave has agreed to.
      expect(changedIn(fleet, one)).toEqual(['UpdateImagePipeline']);
      expect(fleet.accounts.get(one)?.account().role).not.toBeNull();
      expect(fleet.accounts.get(two)?.account().role).toBeNull();
    },
  );
});
