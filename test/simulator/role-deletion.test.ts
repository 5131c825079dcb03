import {
  DeleteServiceLinkedRoleCommand,
  GetRoleCommand,
  GetServiceLinkedRoleDeletionStatusCommand,
} from '@aws-sdk/client-iam';
import {CancelImageCreationCommand, UpdateImagePipelineCommand} from '@aws-sdk/client-imagebuilder';
import {expect, test} from 'vitest';
import {loadScenario} from '../../source/simulator/scenario/load.ts';
import {arns, simulatedAws, twoRegions, type SimulatedAws} from './simulated-aws.ts';

const RoleName = 'AWSServiceRoleForImageBuilder';
const idle = {...twoRegions, pipelines: [], running: []};
const retires = {upon: 'iam:DeleteServiceLinkedRole', nth: 1};

async function submit(aws: SimulatedAws): Promise<string> {
  const {DeletionTaskId = ''} = await aws.iam.send(new DeleteServiceLinkedRoleCommand({RoleName}));
  return DeletionTaskId;
}

const statusOf = (aws: SimulatedAws, DeletionTaskId: string) =>
  aws.iam.send(new GetServiceLinkedRoleDeletionStatusCommand({DeletionTaskId}));

/** Submits a deletion, waits until it has ended, and returns how. */
async function ended(aws: SimulatedAws) {
  const id = await submit(aws);
  aws.pass(10);
  return statusOf(aws, id);
}

test('a deletion with nothing in use succeeds after a while and the role is gone', async () => {
  const aws = await simulatedAws(idle);
  const id = await submit(aws);
  expect(id).toMatch(
    /^task\/aws-service-role\/imagebuilder\.amazonaws\.com\/AWSServiceRoleForImageBuilder\/[0-9a-f-]{36}$/,
  );
  const seen: unknown[] = [];
  for (const seconds of [0, 5, 5]) {
    aws.pass(seconds);
    seen.push((await statusOf(aws, id)).Status);
  }
  expect(seen).toEqual(['NOT_STARTED', 'IN_PROGRESS', 'SUCCEEDED']);
  await expect(aws.iam.send(new GetRoleCommand({RoleName}))).rejects.toMatchObject({
    name: 'NoSuchEntityException',
  });
  await expect(submit(aws)).rejects.toMatchObject({name: 'NoSuchEntityException'});
});

test('while a task is unfinished the same task id is returned again', async () => {
  const aws = await simulatedAws();
  const first = await submit(aws);
  aws.pass(9);
  expect(await submit(aws)).toBe(first);
  aws.pass(1);
  expect(await submit(aws)).not.toBe(first);
});

test('a deletion fails with a usage list while any Region has a running build or a schedule', async () => {
  const aws = await simulatedAws();
  const {Status, Reason} = await ended(aws);
  expect(Status).toBe('FAILED');
  expect(Reason?.RoleUsageList).toEqual([
    {Region: 'eu-west-1', Resources: [arns.nightlyBuild, arns.nightly]},
  ]);
  expect(aws.account().role).not.toBeNull();
});

test('a failed task stays failed, and a new one succeeds after the clean-up', async () => {
  const aws = await simulatedAws();
  const failed = await submit(aws);
  aws.pass(10);
  const client = aws.imagebuilder();
  await client.send(
    new CancelImageCreationCommand({imageBuildVersionArn: arns.nightlyBuild, clientToken: 'a'}),
  );
  await client.send(
    new UpdateImagePipelineCommand({
      imagePipelineArn: arns.nightly,
      infrastructureConfigurationArn:
        'arn:aws:imagebuilder:eu-west-1:123456789012:infrastructure-configuration/standard',
      imageRecipeArn: 'arn:aws:imagebuilder:eu-west-1:123456789012:image-recipe/nightly/1.0.x',
      clientToken: 'b',
    }),
  );
  aws.pass(8);
  expect((await ended(aws)).Status).toBe('SUCCEEDED');
  expect((await statusOf(aws, failed)).Status).toBe('FAILED');
});

test('a task is judged by what holds the role at its end, not at the time of asking', async () => {
  const aws = await simulatedAws({...twoRegions, pipelines: []});
  const id = await submit(aws);
  aws.pass(1);
  const cancel = {imageBuildVersionArn: arns.nightlyBuild, clientToken: 'a'};
  await aws.imagebuilder().send(new CancelImageCreationCommand(cancel)); // cancelled at 9 s, the task ends at 10 s
  aws.pass(500);
  expect((await statusOf(aws, id)).Status).toBe('SUCCEEDED');

  const late = await simulatedAws({...twoRegions, pipelines: []});
  const failing = await submit(late);
  late.pass(3);
  await late.imagebuilder().send(new CancelImageCreationCommand(cancel)); // cancelled at 11 s
  late.pass(500);
  expect((await statusOf(late, failing)).Status).toBe('FAILED');
});

test('a relapse fails the first deletion only, and its build is reported under another Region', async () => {
  const aws = await simulatedAws({
    ...idle,
    surprises: [{...retires, startBuild: {region: 'eu-west-1', name: 'late', reportedRegion: 'us-east-1'}}],
  });
  const late = 'arn:aws:imagebuilder:eu-west-1:123456789012:image/late/1.0.0/1';
  const {Status, Reason} = await ended(aws);
  expect(Status).toBe('FAILED');
  expect(Reason?.RoleUsageList).toEqual([{Region: 'us-east-1', Resources: [late]}]);
  const cancel = {imageBuildVersionArn: late, clientToken: 'a'};
  await aws.imagebuilder().send(new CancelImageCreationCommand(cancel));
  aws.pass(8);
  expect((await ended(aws)).Status).toBe('SUCCEEDED');
});

test('the default scenario has such a relapse in eu-west-2, the calm one has none', async () => {
  const aws = await simulatedAws({...loadScenario('default'), pipelines: [], running: []});
  const {Reason} = await ended(aws);
  expect(Reason?.RoleUsageList).toEqual([
    {Region: 'eu-north-1', Resources: ['arn:aws:imagebuilder:eu-west-2:123456789012:image/payments/1.4.0/1']},
  ]);
  const calm = await simulatedAws({...loadScenario('calm'), pipelines: [], running: []});
  expect((await ended(calm)).Status).toBe('SUCCEEDED');
});

test('a task can be purged as soon as it succeeded', async () => {
  const aws = await simulatedAws({...idle, deletion: {...idle.deletion, purgeOnSuccess: true}});
  await expect(ended(aws)).rejects.toMatchObject({name: 'NoSuchEntityException'});
  expect(aws.account().role).toBeNull();
});

test('a failed task may tell a part, a reason only, or nothing', async () => {
  const told: unknown[] = [];
  for (const report of ['first', 'reason', 'nothing'] as const) {
    const aws = await simulatedAws({...loadScenario('calm'), deletion: {...idle.deletion, report}});
    const {Reason} = await ended(aws);
    told.push([Reason?.Reason !== undefined, Reason?.RoleUsageList?.length]);
  }
  expect(told).toEqual([
    [true, 1],
    [true, undefined],
    [false, undefined],
  ]);
});

test('active sessions fail a deletion without naming anything', async () => {
  const aws = await simulatedAws({...idle, deletion: {...idle.deletion, activeSessionFailures: 1}});
  const {Status, Reason} = await ended(aws);
  expect([Status, Reason?.RoleUsageList]).toEqual(['FAILED', undefined]);
  expect((await ended(aws)).Status).toBe('SUCCEEDED');
});

test('a surprise can delete a pipeline or bring the role back', async () => {
  const aws = await simulatedAws({
    ...twoRegions,
    surprises: [
      {...retires, deletePipeline: {region: 'eu-west-1', name: 'nightly'}},
      {upon: 'iam:GetRole', nth: 2, recreateRole: true},
    ],
    running: [],
  });
  expect((await ended(aws)).Status).toBe('SUCCEEDED');
  await expect(aws.iam.send(new GetRoleCommand({RoleName}))).rejects.toMatchObject({
    name: 'NoSuchEntityException',
  });
  expect((await aws.iam.send(new GetRoleCommand({RoleName}))).Role).toBeDefined();
});
