import {mkdtempSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeAll, describe, expect, it} from 'vitest';
import {loadRehearsal} from '../../source/authoring/rehearsal/load-rehearsal.ts';
import {defaultAnswer} from '../../source/authoring/rehearsal/default-answer.ts';
import {rehearsedAws, type RehearsedAws} from '../../source/authoring/rehearsal/rehearsed-aws.ts';
import {serveRehearsal, type Rehearsing} from '../../source/authoring/rehearsal/serve.ts';
import {asAnswered} from '../../source/aws/call/as-answered.ts';
import {loadService} from '../../source/aws/catalogue/sdk-service.ts';
import {inputValues} from '../../source/runbook/inputs.ts';
import {loadRunbook, parseRunbook} from '../../source/runbook/load/load.ts';
import {simulatedCredentials} from '../../source/runs/simulated-credentials.ts';
import {execute} from '../../source/runs/start-run.ts';
import {undoOrder} from '../../source/runs/undo-run.ts';
import {findClients} from '../jobs/sdk-clients.ts';
import {fastClock} from '../support/fast-clock.ts';
import {recordingView, type RecordingView} from '../support/recording-view.ts';
import {yesToAll} from '../support/simulated-account.ts';

beforeAll(() => findClients('ecs', 'lambda', 'ec2', 'rds'));

const folder = mkdtempSync(join(tmpdir(), 'handrail-test-'));
const file = join(folder, 'tidy.yaml');
const scenarioFile = join(folder, 'tidy.scenario.yaml');

const runbook = `handrail: 1
name: tidy
title: Tidy
inputs: {cluster: {type: string}}
regions: \${{ ['eu-west-1'] }}
steps:
  - id: services
    title: Find services
    scope: region
    column: Services
    call: ecs:DescribeServices
    with: {cluster: '\${{ inputs.cluster }}', services: [web]}
    output: '\${{ services[].{name: serviceName, desired: desiredCount, made: createdAt} }}'
  - id: volumes
    title: Find volumes
    scope: region
    column: Volumes
    call: ec2:DescribeVolumes
    with: {Filters: [{Name: status, Values: [available]}]}
    output: '\${{ Volumes[].{id: VolumeId, size: Size, tags: not_null(optional(Tags), \`[]\`)[].Value} }}'
  - id: functions
    title: Find functions
    scope: region
    column: Functions
    call: lambda:ListFunctions
    output: '\${{ Functions[].{name: FunctionName, runtime: Runtime} }}'
  - id: databases
    title: Find databases
    scope: region
    column: Databases
    call: rds:DescribeDBInstances
    output: '\${{ DBInstances[].{id: DBInstanceIdentifier, days: BackupRetentionPeriod} }}'
  - {id: agree, title: Agree, confirm: {message: Tidy all of it}}
  - id: scale
    title: Scale services
    scope: region
    forEach: '\${{ steps.services.output }}'
    label: '\${{ item.name }}'
    call: ecs:UpdateService
    with: {cluster: '\${{ inputs.cluster }}', service: '\${{ item.name }}', desiredCount: 0}
    undo:
      call: ecs:UpdateService
      with: {cluster: '\${{ inputs.cluster }}', service: '\${{ item.name }}', desiredCount: '\${{ item.desired }}'}
  - id: settled
    title: Wait
    scope: region
    waitUntil:
      call: ecs:DescribeServices
      with: {cluster: '\${{ inputs.cluster }}', services: [web]}
      acceptors:
        - {state: success, matcher: {output: {path: 'services[].runningCount', expected: '0', comparator: allStringEquals}}}
        - {state: success, matcher: {output: {path: 'services[0].desiredCount == \`0\`', expected: 'true', comparator: booleanEquals}}}
      minDelay: 1
      maxDelay: 1
      maxWaitTime: 60
  - id: keep
    title: Keep backups
    scope: region
    forEach: '\${{ steps.databases.output }}'
    label: '\${{ item.id }}'
    call: rds:ModifyDBInstance
    with: {DBInstanceIdentifier: '\${{ item.id }}', BackupRetentionPeriod: 7}
    undo:
      call: rds:ModifyDBInstance
      with: {DBInstanceIdentifier: '\${{ item.id }}', BackupRetentionPeriod: '\${{ item.days }}'}
  - id: runtime
    title: Set the runtime
    scope: region
    forEach: '\${{ steps.functions.output }}'
    label: '\${{ item.name }}'
    call: lambda:UpdateFunctionConfiguration
    with: {FunctionName: '\${{ item.name }}', Runtime: nodejs22.x}
    retry: [{errorEquals: [ResourceConflictException], maxAttempts: 3, intervalSeconds: 1}]
    undo:
      call: lambda:UpdateFunctionConfiguration
      with: {FunctionName: '\${{ item.name }}', Runtime: '\${{ item.runtime }}'}
`;

const scenario = `handrail: 1
account: "210987654321"
regions: [eu-west-1]
answers:
  ecs:DescribeServices:
    - with: {cluster: shop}
      until: ecs:UpdateService
      answer: {services: [{serviceName: web, desiredCount: 2, runningCount: 2, createdAt: "2026-01-02T03:04:05Z"}]}
    - answer: {services: [{serviceName: web, desiredCount: 0, runningCount: 0}]}
  ec2:DescribeVolumes:
    - with: {Filters: [{Name: status, Values: [available]}]}
      answer: {Volumes: [{VolumeId: vol-1, Size: 8, Tags: [{Key: Name, Value: "a & <b>"}]}]}
  lambda:ListFunctions:
    - answer: {Functions: [{FunctionName: resize, Runtime: nodejs18.x}]}
  rds:DescribeDBInstances:
    - answer: {DBInstances: [{DBInstanceIdentifier: orders, BackupRetentionPeriod: 1}]}
  lambda:UpdateFunctionConfiguration:
    - {with: {FunctionName: resize}, times: 1, error: ResourceConflictException, status: 409}
    - {with: {FunctionName: resize}, answer: {FunctionName: resize, Runtime: nodejs22.x}}
`;

let served: Rehearsing | undefined;
afterEach(async () => {
  await served?.close();
  served = undefined;
});

async function rehearse(text = scenario): Promise<RehearsedAws> {
  writeFileSync(file, runbook);
  writeFileSync(scenarioFile, text);
  const loaded = loadRunbook(file);
  const aws = await rehearsedAws(loaded.runbook, await loadRehearsal(scenarioFile, loaded));
  served = await serveRehearsal(aws, 0);
  return aws;
}

interface Ended {
  readonly exitCode: number;
  readonly view: RecordingView;
}

/** Runs the runbook, as a plan or in earnest, or takes a run back. */
async function drive(how: 'plan' | 'live' | {readonly undo: string}): Promise<Ended> {
  const clock = fastClock(500);
  const view = recordingView();
  const never = new AbortController().signal;
  const stopper = {interruption: {gently: never, atOnce: never}, stop: () => {}, release: () => {}};
  const env = {XDG_STATE_HOME: folder};
  const connection = {endpoint: served?.endpoint ?? '', credentials: simulatedCredentials};
  const loaded = parseRunbook(file, runbook);
  const order =
    typeof how === 'object'
      ? undoOrder({file: how.undo, connection, answers: yesToAll, inputs: [], env})
      : {
          loaded,
          inputs: inputValues(loaded.runbook, ['cluster=shop']),
          mode: how,
          simulation: false,
          regions: [],
          onlyRegions: [],
          connection,
          answers: yesToAll,
        };
  try {
    return {exitCode: await execute(order, {view, clock, stopper, env}), view};
  } finally {
    clock.stop();
  }
}

const changesIn = ({requests}: RehearsedAws): readonly unknown[] =>
  requests
    .filter(({operation}) => /:(Update|Modify)/.test(operation))
    .map(({operation, input}) => ({operation, input}));

describe('a rehearsal over services of four protocols', () => {
  it('plans, runs and takes back what the scenario has', async () => {
    const aws = await rehearse();
    expect((await drive('plan')).exitCode).toBe(0);
    expect(changesIn(aws)).toEqual([]);
    const run = await drive('live');
    expect(run.exitCode).toBe(0);
    const update = {
      operation: 'lambda:UpdateFunctionConfiguration',
      input: {FunctionName: 'resize', Runtime: 'nodejs22.x'},
    };
    expect(changesIn(aws)).toEqual([
      {operation: 'ecs:UpdateService', input: {cluster: 'shop', service: 'web', desiredCount: 0}},
      {operation: 'rds:ModifyDBInstance', input: {DBInstanceIdentifier: 'orders', BackupRetentionPeriod: 7}},
      update,
      update,
    ]);
    const {state} = run.view.closing ?? {};
    expect(state?.started?.identity.account).toBe('210987654321');
    const lane = state?.lanes.get('eu-west-1');
    expect(lane?.results['services']?.output).toMatchObject([
      {name: 'web', desired: 2, made: '2026-01-02T03:04:05.000Z'},
    ]);
    expect(lane?.results['volumes']?.output).toMatchObject([{id: 'vol-1', size: 8, tags: ['a & <b>']}]);
    const undone = await drive({undo: run.view.closing?.journal ?? ''});
    expect(undone.exitCode).toBe(0);
    expect(changesIn(aws).slice(4)).toEqual([
      {
        operation: 'lambda:UpdateFunctionConfiguration',
        input: {FunctionName: 'resize', Runtime: 'nodejs18.x'},
      },
      {operation: 'rds:ModifyDBInstance', input: {DBInstanceIdentifier: 'orders', BackupRetentionPeriod: 1}},
      {operation: 'ecs:UpdateService', input: {cluster: 'shop', service: 'web', desiredCount: 2}},
    ]);
  });
});

describe('a scenario of a rehearsal', () => {
  it.each([
    ['{serviceNam: web}', /serviceNam/, 'serviceName'],
    ['{desiredCount: two}', /desiredCount/, undefined],
  ])('is refused where an answer has not the shape: %s', async (entry, message, meant) => {
    const text = `handrail: 1\nanswers:\n  ecs:DescribeServices:\n    - answer: {services: [${entry}]}\n`;
    const refused = rehearse(text);
    await expect(refused).rejects.toMatchObject({
      problems: [
        {
          file: scenarioFile,
          line: 4,
          column: expect.any(Number) as number,
          ...(meant === undefined ? {} : {suggestion: meant}),
        },
      ],
    });
    await expect(refused).rejects.toThrow(message);
  });

  it.each([
    ['answers: {ecs:ListCluster: [{answer: {}}]}', /ListCluster/],
    ['answers: {ecs:ListClusters: [{answer: {}}]}', /the runbook does not call ecs:ListClusters/],
    [
      'regions: [eu-west-1]\nanswers: {ec2:DescribeVolumes: [{region: us-east-1, answer: {}}]}',
      /none of the Regions/,
    ],
    ['answers: {ec2:DescribeVolumes: [{}]}', /an entry has one of `answer` and `error`/],
    ['anwers: {}', /anwers is not known here/],
  ])('is refused with the place: %s', async (text, message) => {
    await expect(rehearse(`handrail: 1\n${text}\n`)).rejects.toThrow(message);
  });
});

it.each([
  'ecs',
  'lambda',
  'ec2',
  'rds',
  'iam',
  'sts',
  'ssm',
  'eventbridge',
  'imagebuilder',
  'organizations',
  'account',
])('an answer that no scenario gives has the right shape, for every operation of %s', async (service) => {
  const loaded = await loadService(service);
  const wrong = [];
  for (const operation of loaded.operations()) {
    const outcome = await asAnswered(
      `${service}:${operation}`,
      defaultAnswer(loaded.model(operation), '2026-01-01T00:00:00Z'),
    );
    if (!outcome.ok) wrong.push(`${operation}: ${outcome.fault.message}`);
  }
  expect(wrong).toEqual([]);
});
