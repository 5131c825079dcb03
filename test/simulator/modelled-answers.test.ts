import * as imagebuilder from '@aws-sdk/client-imagebuilder';
import {expect, test} from 'vitest';
import {loadScenario} from '../../source/simulator/scenario/load.ts';
import {simulatedAws} from './simulated-aws.ts';

const authorization =
  'AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE/20300101/us-east-1/imagebuilder/aws4_request, SignedHeaders=host, Signature=00';
const prefix = 'arn:aws:imagebuilder:us-east-1:123456789012';
const pipeline = `imagePipelineArn=${prefix}:image-pipeline/golden-linux`;
const image = `imageBuildVersionArn=${prefix}:image/golden-linux/1.4.0/1`;

/** Method and path; the schema of the answer; the member that holds what was asked for and that member's schema. */
const answers: [string, {4: string[]}, string, {4: string[]}][] = [
  ['POST /ListImages', imagebuilder.ListImagesResponse$, 'imageVersionList', imagebuilder.ImageVersion$],
  [
    'POST /ListImageBuildVersions',
    imagebuilder.ListImageBuildVersionsResponse$,
    'imageSummaryList',
    imagebuilder.ImageSummary$,
  ],
  [`GET /GetImage?${image}`, imagebuilder.GetImageResponse$, 'image', imagebuilder.Image$],
  [
    'POST /ListImagePipelines',
    imagebuilder.ListImagePipelinesResponse$,
    'imagePipelineList',
    imagebuilder.ImagePipeline$,
  ],
  [
    `GET /GetImagePipeline?${pipeline}`,
    imagebuilder.GetImagePipelineResponse$,
    'imagePipeline',
    imagebuilder.ImagePipeline$,
  ],
  [
    'POST /ListWaitingWorkflowSteps',
    imagebuilder.ListWaitingWorkflowStepsResponse$,
    'steps',
    imagebuilder.WorkflowStepExecution$,
  ],
];

test.each(answers)('%s answers with members of the real API only', async (route, outer, member, inner) => {
  const scenario = loadScenario('default');
  const [build] = scenario.running;
  if (build === undefined) throw new Error('The scenario has no build.');
  const aws = await simulatedAws({...scenario, running: [{...build, waitsAt: 'approve'}]});
  const [method = '', path = ''] = route.split(' ');
  const response = await fetch(aws.endpoint + path, {method, headers: {authorization}});
  const body = (await response.json()) as Record<string, object | object[]>;
  expect(outer[4]).toEqual(expect.arrayContaining(Object.keys(body)));
  const content = [body[member] ?? []].flat();
  expect(content).not.toEqual([]);
  for (const item of content) expect(inner[4]).toEqual(expect.arrayContaining(Object.keys(item)));
});
