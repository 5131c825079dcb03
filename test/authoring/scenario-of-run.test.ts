import {mkdtempSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {beforeAll, describe, expect, it} from 'vitest';
import {scenarioOfRun} from '../../source/authoring/rehearsal/from-journal/scenario-of-run.ts';
import {rehearsalSchema, type Rehearsal} from '../../source/authoring/rehearsal/language.ts';
import {loadRehearsal} from '../../source/authoring/rehearsal/load-rehearsal.ts';
import {rehearsedAws} from '../../source/authoring/rehearsal/rehearsed-aws.ts';
import {serveRehearsal} from '../../source/authoring/rehearsal/serve.ts';
import {evolveAll, initialState} from '../../source/engine/evolve/evolve.ts';
import type {Event} from '../../source/engine/model/events.ts';
import type {RunState} from '../../source/engine/model/state.ts';
import {truthOf} from '../../source/engine/queries/region-truth.ts';
import {readJournal, type Journal} from '../../source/journal/read.ts';
import {inputValues} from '../../source/runbook/inputs.ts';
import {parseRunbook, type LoadedRunbook} from '../../source/runbook/load/load.ts';
import {findRunbook} from '../../source/runs/runbooks/find-runbook.ts';
import {simulatedCredentials} from '../../source/runs/simulated-credentials.ts';
import {execute} from '../../source/runs/start-run.ts';
import {findClients} from '../jobs/sdk-clients.ts';
import {fastClock} from '../support/fast-clock.ts';
import {recordingView} from '../support/recording-view.ts';
import {yesToAll} from '../support/simulated-account.ts';
import {simulatedRun, type SimulatedRunOptions} from '../support/simulated-run.ts';

beforeAll(() => findClients('ec2'));

/** What came of a run, and what it sent to change something. */
function outcome(events: readonly Event[]): object {
  const state: RunState = evolveAll(initialState, events);
  const sent = events.flatMap((event) =>
    event.type === 'call-started' && event.effect === 'change' && event.attempt === 1
      ? [`${event.region ?? 'account'} ${event.operation} ${event.item}`]
      : [],
  );
  return {
    status: state.ended?.status,
    message: state.ended?.message,
    truths: [...state.lanes].map((lane) => [lane.region, truthOf(state, lane)]).toSorted(),
    sent: sent.toSorted(),
  };
}

/** Runs a runbook against a scenario. */
async function runOn(
  scenario: Rehearsal,
  loaded: LoadedRunbook,
  {inputs = [], onlyRegions = []}: SimulatedRunOptions,
): Promise<Journal> {
  const served = await serveRehearsal(await rehearsedAws(loaded.runbook, scenario), 0);
  const clock = fastClock(500);
  const view = recordingView();
  const never = new AbortController().signal;
  const stopper = {interruption: {gently: never, atOnce: never}, stop: () => {}, release: () => {}};
  const order = {
    loaded,
    inputs: inputValues(loaded.runbook, inputs),
    mode: 'live' as const,
    simulation: false,
    regions: [],
    onlyRegions,
    connection: {endpoint: served.endpoint, credentials: simulatedCredentials},
    answers: yesToAll,
  };
  try {
    const env = {XDG_STATE_HOME: mkdtempSync(join(tmpdir(), 'handrail-test-'))};
    await execute(order, {view, clock, stopper, env});
  } finally {
    clock.stop();
    await served.close();
  }
  return readJournal(view.closing?.journal ?? '');
}

/** Makes a scenario of a run, as it is printed, and runs the runbook again against that. */
async function runAgain(
  journal: string,
  loaded: LoadedRunbook,
  options: SimulatedRunOptions,
): Promise<{readonly events: readonly Event[]; readonly lacks: readonly string[]}> {
  const {text, scenario, lacks} = await scenarioOfRun(journal, loaded);
  const file = join(mkdtempSync(join(tmpdir(), 'handrail-test-')), 'made.scenario.yaml');
  writeFileSync(file, text);
  expect(await loadRehearsal(file, loaded)).toEqual(scenario);
  return {events: (await runOn(scenario, loaded, options)).events, lacks};
}

const volume = (id: string): object => ({
  VolumeId: id,
  Size: 8,
  VolumeType: 'gp3',
  AvailabilityZone: 'eu-west-1a',
  CreateTime: '2025-03-04T05:06:07.000Z',
  Iops: 3000,
  Tags: [{Key: 'Name', Value: `disk of ${id}`}],
});

/** Two volumes in one Region, one of which somebody takes before it is deleted. */
const volumes = rehearsalSchema.parse({
  handrail: 1,
  regions: ['eu-west-1', 'us-east-1'],
  answers: {
    'ec2:DescribeVolumes': [
      {
        region: 'eu-west-1',
        until: 'ec2:CreateSnapshot',
        answer: {Volumes: [volume('vol-1'), volume('vol-2')]},
      },
      {region: 'eu-west-1', answer: {Volumes: [volume('vol-2')]}},
      {answer: {Volumes: []}},
    ],
    'ec2:CreateSnapshot': [
      {
        with: {VolumeId: 'vol-1'},
        times: 1,
        error: 'ConcurrentSnapshotLimitExceeded',
        message: 'Too many at once',
      },
      {with: {VolumeId: 'vol-1'}, answer: {SnapshotId: 'snap-1', VolumeId: 'vol-1'}},
      {with: {VolumeId: 'vol-2'}, answer: {SnapshotId: 'snap-2', VolumeId: 'vol-2'}},
    ],
    'ec2:DescribeSnapshots': [
      {
        with: {SnapshotIds: ['snap-2']},
        times: 3,
        answer: {Snapshots: [{SnapshotId: 'snap-2', State: 'pending'}]},
      },
      {answer: {Snapshots: [{SnapshotId: 'snap-1', State: 'completed'}]}},
    ],
  },
});

const counting = parseRunbook(
  'counting.yaml',
  `handrail: 1
name: counting
title: Count the volumes
regions: \${{ ['eu-west-1'] }}
steps:
  - {id: all, title: Count, scope: region, call: ec2:DescribeVolumes, output: '\${{ length(Volumes) }}'}
  - {id: snapshots, title: Look, scope: region, call: ec2:DescribeSnapshots, output: '\${{ Snapshots[].SnapshotId }}'}
`,
);

describe('a scenario that is made of a run', () => {
  it('says which answers the journal has too little for, and guesses none', async () => {
    const {file} = await runOn(volumes, counting, {});
    const {scenario, lacks} = await scenarioOfRun(file, counting);
    expect(lacks).toEqual([
      '1 answer of step all could not be made from the journal; write it into a scenario',
    ]);
    expect(Object.keys(scenario.answers)).toEqual(['ec2:DescribeSnapshots']);
  });

  it('is refused for a runbook that calls nothing of what the run called', async () => {
    const {file} = await runOn(volumes, counting, {});
    await expect(scenarioOfRun(file, findRunbook('edit-role-description'))).rejects.toThrow(
      /called nothing that edit-role-description calls: name its own runbook/,
    );
  });
});

describe('a runbook that is run against the scenario of an earlier run', () => {
  it('comes to the same in every Region: a library runbook', async () => {
    const loaded = findRunbook('snapshot-and-delete-volumes');
    const options = {inputs: ['createdBefore=2026-01-01T00:00:00Z', 'pollSeconds=5']};
    const {file, events} = await runOn(volumes, loaded, options);
    const again = await runAgain(file, loaded, options);
    expect(again.lacks).toEqual([]);
    expect(outcome(events)).toMatchObject({
      status: 'done',
      sent: [
        'eu-west-1 ec2:CreateSnapshot vol-1 (disk of vol-1, 8 GiB, of 2025-03-04)',
        'eu-west-1 ec2:CreateSnapshot vol-2 (disk of vol-2, 8 GiB, of 2025-03-04)',
        'eu-west-1 ec2:DeleteVolume vol-2 (disk of vol-2, 8 GiB, kept as snap-2)',
      ],
    });
    expect(outcome(again.events)).toEqual(outcome(events));
  });

  it('comes to the same in every Region: the removal, with errors on its way', async () => {
    const options = {
      inputs: ['retryWaitSeconds=0.2', 'pollSeconds=0.2'],
      onlyRegions: ['eu-west-1', 'us-east-1'],
      faults: [
        {operation: 'ListImagePipelines', region: 'eu-west-1', first: 2, fault: 'throttle' as const},
        {operation: 'DeleteServiceLinkedRole', first: 1, fault: 'reset' as const},
        {operation: 'UpdateImagePipeline', first: 1, fault: 'lostAnswer' as const},
      ],
    };
    const {journal = '', events} = await simulatedRun(options);
    const again = await runAgain(journal, findRunbook('delete-service-linked-role'), options);
    // A build that was still cancelling is not described by the journal; whether one was seen so is chance.
    expect(again.lacks.filter((line) => !line.includes('of step quiet'))).toEqual([]);
    expect(outcome(again.events)).toEqual(outcome(events));
  });
});
