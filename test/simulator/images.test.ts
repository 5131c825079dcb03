import {
  CancelImageCreationCommand,
  GetImageCommand,
  ListImageBuildVersionsCommand,
  ListImagesCommand,
  ListWaitingWorkflowStepsCommand,
  paginateListImageBuildVersions,
} from '@aws-sdk/client-imagebuilder';
import {expect, test} from 'vitest';
import {loadScenario} from '../../source/simulator/scenario/load.ts';
import {arns, simulatedAws, twoRegions} from './simulated-aws.ts';

test('without a version ARN every build of the Region is listed, over all pages', async () => {
  const aws = await simulatedAws({...twoRegions, everyRegion: {manual: 0, finished: 60}});
  const found: string[] = [];
  let pages = 0;
  for await (const page of paginateListImageBuildVersions({client: aws.imagebuilder()}, {})) {
    pages += 1;
    found.push(...(page.imageSummaryList ?? []).map((build) => build.arn ?? ''));
  }
  expect(pages).toBe(3);
  expect(new Set(found).size).toBe(61);
});

test('with a version ARN only the builds of that version are listed', async () => {
  const aws = await simulatedAws({...twoRegions, everyRegion: {manual: 0, finished: 10}});
  const {imageSummaryList} = await aws.imagebuilder().send(
    new ListImageBuildVersionsCommand({
      imageVersionArn: 'arn:aws:imagebuilder:eu-west-1:123456789012:image/base/1.0.1',
    }),
  );
  expect(imageSummaryList?.map((build) => build.version)).toEqual([
    '1.0.1/1',
    '1.0.1/2',
    '1.0.1/3',
    '1.0.1/4',
  ]);
});

test('ListImages gives one entry for a version and hides deprecated images unless asked', async () => {
  const aws = await simulatedAws({...twoRegions, everyRegion: {manual: 0, finished: 8}, running: []});
  const client = aws.imagebuilder();
  const {imageVersionList} = await client.send(
    new ListImagesCommand({owner: 'Self', includeDeprecated: true}),
  );
  expect(imageVersionList?.map((image) => image.version)).toEqual(['1.0.0', '1.0.1']);
  expect(imageVersionList?.[0]).not.toHaveProperty('state');
  const none = await client.send(new ListImagesCommand({owner: 'Amazon'}));
  expect(none.imageVersionList).toEqual([]);
});

test('filters narrow a list, and a filter of another name is refused', async () => {
  const aws = await simulatedAws();
  const client = aws.imagebuilder();
  const list = (name: string, value: string) =>
    client.send(new ListImageBuildVersionsCommand({filters: [{name, values: [value]}]}));
  expect((await list('name', 'nightly')).imageSummaryList).toHaveLength(1);
  expect((await list('name', 'other')).imageSummaryList).toEqual([]);
  await expect(list('color', 'red')).rejects.toMatchObject({name: 'InvalidRequestException'});
});

test('a page size beyond 25 and a made-up token are refused', async () => {
  const aws = await simulatedAws({...twoRegions, everyRegion: {manual: 0, finished: 60}});
  const client = aws.imagebuilder();
  await expect(client.send(new ListImageBuildVersionsCommand({maxResults: 26}))).rejects.toMatchObject({
    name: 'InvalidRequestException',
    $metadata: {httpStatusCode: 400},
  });
  await expect(client.send(new ListImageBuildVersionsCommand({nextToken: 'made-up'}))).rejects.toMatchObject({
    name: 'InvalidPaginationTokenException',
  });
});

test('a page token is good for its own list and Region only', async () => {
  const aws = await simulatedAws({...twoRegions, everyRegion: {manual: 0, finished: 60}});
  const {nextToken} = await aws.imagebuilder().send(new ListImageBuildVersionsCommand({}));
  const refused = {name: 'InvalidPaginationTokenException'};
  const otherRegion = aws.imagebuilder('us-east-1').send(new ListImageBuildVersionsCommand({nextToken}));
  await expect(otherRegion).rejects.toMatchObject(refused);
  const otherList = aws.imagebuilder().send(new ListImagesCommand({nextToken}));
  await expect(otherList).rejects.toMatchObject(refused);
});

test('a build goes through its phases as simulated time passes', async () => {
  const aws = await simulatedAws({
    ...twoRegions,
    running: [{region: 'eu-west-1', name: 'fresh', startedMinutesAgo: 0}],
  });
  const client = aws.imagebuilder();
  const seen: unknown[] = [];
  for (const seconds of [0, 50, 450, 250, 150, 200]) {
    aws.pass(seconds);
    const {image} = await client.send(
      new GetImageCommand({
        imageBuildVersionArn: 'arn:aws:imagebuilder:eu-west-1:123456789012:image/fresh/1.0.0/1',
      }),
    );
    seen.push(image?.state?.status);
  }
  expect(seen).toEqual(['PENDING', 'CREATING', 'BUILDING', 'TESTING', 'DISTRIBUTING', 'AVAILABLE']);
});

test('the pipeline of a build is told by GetImage only, and a build without a pipeline has none', async () => {
  const aws = await simulatedAws({
    ...twoRegions,
    running: [...twoRegions.running, {region: 'eu-west-1', name: 'lonely', startedMinutesAgo: 1}],
  });
  const client = aws.imagebuilder();
  const ofPipeline = await client.send(new GetImageCommand({imageBuildVersionArn: arns.nightlyBuild}));
  expect(ofPipeline.image?.sourcePipelineArn).toBe(arns.nightly);
  const lonely = await client.send(
    new GetImageCommand({
      imageBuildVersionArn: 'arn:aws:imagebuilder:eu-west-1:123456789012:image/lonely/x.x.x',
    }),
  );
  expect(lonely.image).toMatchObject({name: 'lonely'});
  expect(lonely.image).not.toHaveProperty('sourcePipelineArn');
  const {imageSummaryList} = await client.send(new ListImageBuildVersionsCommand({}));
  for (const summary of imageSummaryList ?? []) expect(summary).not.toHaveProperty('sourcePipelineArn');
});

const cancel = (imageBuildVersionArn: string, clientToken = 'token') =>
  new CancelImageCreationCommand({imageBuildVersionArn, clientToken});

test('a cancellation ends only after a while', async () => {
  const aws = await simulatedAws();
  const client = aws.imagebuilder();
  const status = () => aws.account().regions['eu-west-1']?.builds[arns.nightlyBuild]?.status;
  await client.send(cancel(arns.nightlyBuild));
  aws.pass(7.9);
  expect(status()).toBe('BUILDING');
  aws.pass(0.1);
  expect(status()).toBe('CANCELLED');
});

test("an image-pipeline ARN, as in AWS's own example, is refused by CancelImageCreation", async () => {
  const aws = await simulatedAws();
  await expect(aws.imagebuilder().send(cancel(arns.nightly))).rejects.toMatchObject({
    name: 'InvalidRequestException',
    message: expect.stringContaining('imageBuildVersionArn') as string,
  });
});

test('a build that just started refuses to be cancelled for as long as the scenario says', async () => {
  const aws = await simulatedAws({
    ...twoRegions,
    builds: {...twoRegions.builds, cancelRefusal: {seconds: 60, times: 0, error: 'ResourceInUseException'}},
    running: [{region: 'eu-west-1', name: 'nightly', startedMinutesAgo: 0}],
  });
  const client = aws.imagebuilder();
  await expect(client.send(cancel(arns.nightlyBuild))).rejects.toMatchObject({
    name: 'ResourceInUseException',
  });
  aws.pass(60);
  await client.send(cancel(arns.nightlyBuild));
});

test('a finished build and a build of another Region cannot be cancelled', async () => {
  const aws = await simulatedAws();
  aws.pass(1000);
  await expect(aws.imagebuilder().send(cancel(arns.nightlyBuild))).rejects.toMatchObject({
    name: 'InvalidRequestException',
  });
  await expect(aws.imagebuilder('us-east-1').send(cancel(arns.nightlyBuild))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    $metadata: {httpStatusCode: 404},
  });
});

test('a client token that comes back has no second effect, and other parameters under it are refused', async () => {
  const aws = await simulatedAws();
  const client = aws.imagebuilder();
  const first = await client.send(cancel(arns.nightlyBuild, 'one'));
  aws.pass(20); // By now the build is cancelled: a second effect would be refused.
  const again = await client.send(cancel(arns.nightlyBuild, 'one'));
  expect(again.imageBuildVersionArn).toBe(first.imageBuildVersionArn);
  await expect(client.send(cancel(arns.nightlyBuild.replace(/1$/, '2'), 'one'))).rejects.toMatchObject({
    name: 'IdempotentParameterMismatchException',
  });
});

test('a build parked at a step waits there and is listed until it is cancelled', async () => {
  const aws = await simulatedAws(loadScenario('default'));
  const client = aws.imagebuilder('ap-northeast-1');
  aws.pass(100_000);
  const {steps} = await client.send(new ListWaitingWorkflowStepsCommand({}));
  expect(steps).toMatchObject([{name: 'approve-release'}]);
  await client.send(cancel(steps?.[0]?.imageBuildVersionArn ?? ''));
  aws.pass(8);
  expect((await client.send(new ListWaitingWorkflowStepsCommand({}))).steps).toEqual([]);
});
