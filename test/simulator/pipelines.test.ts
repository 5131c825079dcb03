import {Readable} from 'node:stream';
import {
  DeleteImagePipelineCommand,
  GetImagePipelineCommand,
  ListImagePipelinesCommand,
  paginateListImagePipelines,
  StartImagePipelineExecutionCommand,
  UpdateImagePipelineCommand,
  UpdateImagePipelineRequest$,
  type UpdateImagePipelineCommandInput,
} from '@aws-sdk/client-imagebuilder';
import {expect, test} from 'vitest';
import {loadScenario} from '../../source/simulator/scenario/load.ts';
import {arns, simulatedAws, twoRegions} from './simulated-aws.ts';

const needed: UpdateImagePipelineCommandInput = {
  imagePipelineArn: arns.nightly,
  infrastructureConfigurationArn:
    'arn:aws:imagebuilder:eu-west-1:123456789012:infrastructure-configuration/other',
  imageRecipeArn: 'arn:aws:imagebuilder:eu-west-1:123456789012:image-recipe/nightly/2.0.0',
  clientToken: 'token',
};

test('pipelines are listed over all pages, also when one is deleted between two pages', async () => {
  const aws = await simulatedAws({...twoRegions, everyRegion: {manual: 60, finished: 0}});
  const client = aws.imagebuilder();
  const found = new Set<string>();
  let pages = 0;
  for await (const page of paginateListImagePipelines({client}, {})) {
    pages += 1;
    for (const {arn = ''} of page.imagePipelineList ?? []) found.add(arn);
    if (pages === 1) await client.send(new DeleteImagePipelineCommand({imagePipelineArn: arns.nightly}));
  }
  expect(pages).toBe(3);
  expect(found.size).toBe(61);
});

test('an update replaces everything: what it leaves out is gone, and without a schedule the pipeline is manual', async () => {
  const aws = await simulatedAws(loadScenario('default'));
  const client = aws.imagebuilder('us-east-1');
  const imagePipelineArn = 'arn:aws:imagebuilder:us-east-1:123456789012:image-pipeline/golden-linux';
  const before = await client.send(new GetImagePipelineCommand({imagePipelineArn}));
  expect(before.imagePipeline?.dateNextRun).toBeDefined();
  await client.send(new UpdateImagePipelineCommand({...needed, imagePipelineArn}));
  const {imagePipeline} = await client.send(new GetImagePipelineCommand({imagePipelineArn}));
  expect(Object.keys(imagePipeline ?? {}).toSorted()).toEqual([
    'arn',
    'consecutiveFailures',
    'dateCreated',
    'dateLastRun',
    'dateUpdated',
    'imageRecipeArn',
    'infrastructureConfigurationArn',
    'lastRunStatus',
    'name',
    'platform',
    'tags',
  ]);
  expect(imagePipeline?.tags).toEqual({tier: 'gold'});
});

test('reading a pipeline and writing it back changes nothing', async () => {
  const aws = await simulatedAws(loadScenario('default'));
  const before = aws.account().regions['us-east-1'];
  const client = aws.imagebuilder('us-east-1');
  for (const imagePipelineArn of Object.keys(before?.pipelines ?? {})) {
    const {imagePipeline: pipeline = {}} = await client.send(new GetImagePipelineCommand({imagePipelineArn}));
    const writable = Object.fromEntries(
      Object.entries(pipeline).filter(([member]) => UpdateImagePipelineRequest$[4].includes(member)),
    );
    const input = {...writable, imagePipelineArn, clientToken: imagePipelineArn.slice(-60)};
    await client.send(new UpdateImagePipelineCommand(input as UpdateImagePipelineCommandInput));
  }
  expect(aws.account().regions['us-east-1']).toEqual(before);
});

test('an answer can carry members that the SDK does not model, and an update loses them', async () => {
  const [first, ...others] = twoRegions.pipelines;
  if (first === undefined) throw new Error('The scenario has no pipeline.');
  const aws = await simulatedAws({
    ...twoRegions,
    pipelines: [{...first, notYetModelled: {futureSetting: {on: true}}}, ...others],
  });
  const client = aws.imagebuilder();
  const raw: unknown[] = [];
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      raw.push(await bodyOf(result.response));
      return result;
    },
    {step: 'deserialize', priority: 'low'},
  );
  const read = () => client.send(new GetImagePipelineCommand({imagePipelineArn: arns.nightly}));
  expect((await read()).imagePipeline).not.toHaveProperty('futureSetting');
  await client.send(new UpdateImagePipelineCommand(needed));
  await read();
  expect(JSON.stringify(raw[0])).toContain('futureSetting');
  expect(JSON.stringify(raw[2])).not.toContain('futureSetting');
});

/** Reads a response's body and puts a copy back for the SDK. */
async function bodyOf(response: unknown): Promise<string> {
  const holder = response as {body: AsyncIterable<Buffer>};
  const chunks: Buffer[] = [];
  for await (const chunk of holder.body) chunks.push(chunk);
  holder.body = Readable.from(chunks);
  return Buffer.concat(chunks).toString();
}

const refusedUpdates: [string, Partial<Record<keyof UpdateImagePipelineCommandInput, unknown>>][] = [
  ['no recipe', {imageRecipeArn: undefined}],
  [
    'two recipes',
    {containerRecipeArn: 'arn:aws:imagebuilder:eu-west-1:123456789012:container-recipe/web/1.0.0'},
  ],
  ['no infrastructure configuration', {infrastructureConfigurationArn: undefined}],
  ['an empty client token', {clientToken: ''}],
  ['an empty description', {description: ''}],
  ['an empty list of workflows', {workflows: []}],
  ['an empty map of tags', {imageTags: {}}],
  ['an ARN of another kind', {distributionConfigurationArn: arns.nightly}],
  ['an unknown status', {status: 'MANUAL'}],
  ['a policy without its count', {schedule: {autoDisablePolicy: {}}}],
];

test.each(refusedUpdates)('an update with %s is refused and changes nothing', async (_what, change) => {
  const aws = await simulatedAws();
  const before = aws.account();
  const input = {...needed, ...change} as UpdateImagePipelineCommandInput;
  await expect(aws.imagebuilder().send(new UpdateImagePipelineCommand(input))).rejects.toMatchObject({
    name: 'InvalidRequestException',
  });
  expect(aws.account()).toEqual(before);
});

test('the default scenario uses every writable member of a pipeline', () => {
  const scenario = loadScenario('default');
  const used = new Set<string>();
  for (const {like, with: own} of scenario.pipelines) {
    for (const part of [...like.map((name) => scenario.templates[name] ?? {}), own]) {
      for (const member of Object.keys(part)) used.add(member);
    }
  }
  const identity = new Set(['imagePipelineArn', 'clientToken']);
  const writable = UpdateImagePipelineRequest$[4].filter((member: string) => !identity.has(member));
  expect([...used].toSorted()).toEqual(writable.toSorted());
});

test('starting a pipeline twice with one token makes one build, and the role comes back by itself', async () => {
  const aws = await simulatedAws({...twoRegions, role: {...twoRegions.role, present: false}});
  const client = aws.imagebuilder('us-east-1');
  const start = () =>
    client.send(new StartImagePipelineExecutionCommand({imagePipelineArn: arns.byHand, clientToken: 'one'}));
  const {imageBuildVersionArn = ''} = await start();
  expect(await start()).toMatchObject({imageBuildVersionArn});
  expect(Object.keys(aws.account().regions['us-east-1']?.builds ?? {})).toEqual([imageBuildVersionArn]);
  expect(aws.account().role).not.toBeNull();
});

test('a deleted pipeline is gone, and Regions know nothing of each other', async () => {
  const aws = await simulatedAws();
  await expect(
    aws.imagebuilder('us-east-1').send(new GetImagePipelineCommand({imagePipelineArn: arns.nightly})),
  ).rejects.toMatchObject({name: 'ResourceNotFoundException'});
  const remove = () =>
    aws.imagebuilder().send(new DeleteImagePipelineCommand({imagePipelineArn: arns.nightly}));
  await remove();
  await expect(remove()).rejects.toMatchObject({name: 'ResourceNotFoundException'});
  expect((await aws.imagebuilder().send(new ListImagePipelinesCommand({}))).imagePipelineList).toEqual([]);
  const other = await aws.imagebuilder('us-east-1').send(new ListImagePipelinesCommand({}));
  expect(other.imagePipelineList).toHaveLength(1);
});
