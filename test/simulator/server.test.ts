import {createConnection} from 'node:net';
import {GetCallerIdentityCommand} from '@aws-sdk/client-sts';
import {ListImagePipelinesCommand, StartImagePipelineExecutionCommand} from '@aws-sdk/client-imagebuilder';
import {expect, onTestFinished, test} from 'vitest';
import {startSimulator} from '../../source/simulator/server.ts';
import {arns, simulatedAws, twoRegions} from './simulated-aws.ts';

const signedFor = (service: string, region = 'eu-west-1') => ({
  authorization: `AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE/20300101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=00`,
});

test('a request goes where its signature says, whatever its path looks like', async () => {
  const aws = await simulatedAws();
  const url = `${aws.endpoint}/ListImagePipelines`;
  const right = await fetch(url, {
    method: 'POST',
    headers: signedFor('imagebuilder', 'us-east-1'),
    body: '{}',
  });
  const {imagePipelineList} = (await right.json()) as {imagePipelineList: {arn: string}[]};
  expect(imagePipelineList.map((pipeline) => pipeline.arn)).toEqual([arns.byHand]);
  const wrong = await fetch(url, {method: 'POST', headers: signedFor('account'), body: '{}'});
  expect(wrong.status).toBe(404);
  expect(wrong.headers.get('x-amzn-errortype')).toBe('UnknownOperationException');
});

test('unsigned requests, unknown services, unknown operations and broken bodies get a proper error', async () => {
  const aws = await simulatedAws();
  const errorOf = async (path: string, headers: Record<string, string>, body = '') => {
    const response = await fetch(aws.endpoint + path, {method: 'POST', headers, body});
    const text = await response.text();
    const type =
      response.headers.get('x-amzn-errortype') ??
      /<Code>(\w+)<|"__type":"(\w+)"/.exec(text)?.slice(1).join('');
    return `${response.status} ${type ?? text}`;
  };
  expect(await errorOf('/ListImages', {})).toBe('403 MissingAuthenticationTokenException');
  expect(await errorOf('/', signedFor('ec2'))).toBe('404 UnknownOperationException');
  expect(await errorOf('/CreateImage', signedFor('imagebuilder'))).toBe('404 UnknownOperationException');
  expect(await errorOf('/ListImages', signedFor('imagebuilder'), '{')).toBe('400 SerializationException');
  expect(await errorOf('/', signedFor('iam'), 'Action=CreateUser&Version=2010-05-08')).toBe(
    '400 InvalidAction',
  );
  expect(await errorOf('/', signedFor('iam'), 'Action=GetRole')).toBe('400 InvalidAction');
  expect(await errorOf('/', signedFor('ssm'))).toBe('400 UnknownOperationException');
  expect(aws.requests).toHaveLength(7);
});

test('an operation named like a member of every object is unknown too', async () => {
  const aws = await simulatedAws();
  const body = 'Action=constructor&Version=2010-05-08';
  const response = await fetch(aws.endpoint, {method: 'POST', headers: signedFor('iam'), body});
  expect(response.status).toBe(400);
});

test('the Date header is real while simulated time runs a thousand times faster', async () => {
  const simulator = await startSimulator(twoRegions, {speed: 1000});
  onTestFinished(() => simulator.close());
  const started = performance.now();
  let response: Response;
  do {
    response = await fetch(`${simulator.endpoint}/ListImages`, {
      method: 'POST',
      headers: signedFor('imagebuilder'),
    });
    await response.text();
  } while (performance.now() - started < 50);
  const simulated = (simulator.requests.at(-1)?.at ?? 0) - Date.now();
  expect(simulated).toBeGreaterThan(40_000);
  expect(Math.abs(Date.parse(response.headers.get('date') ?? '') - Date.now())).toBeLessThan(30_000);
});

test('requests are remembered in order with their decoded input and without credentials', async () => {
  const aws = await simulatedAws();
  await aws.sts.send(new GetCallerIdentityCommand({}));
  await aws.imagebuilder().send(new ListImagePipelinesCommand({maxResults: 1}));
  await aws
    .imagebuilder()
    .send(new ListImagePipelinesCommand({maxResults: 99}))
    .catch(() => {});
  expect(aws.requests).toEqual([
    {
      sequence: 1,
      at: Date.UTC(2030, 0, 1),
      service: 'sts',
      region: 'us-east-1',
      operation: 'GetCallerIdentity',
      input: {},
      status: 200,
    },
    {
      sequence: 2,
      at: Date.UTC(2030, 0, 1),
      service: 'imagebuilder',
      region: 'eu-west-1',
      operation: 'ListImagePipelines',
      input: {maxResults: 1},
      status: 200,
    },
    {
      sequence: 3,
      at: Date.UTC(2030, 0, 1),
      service: 'imagebuilder',
      region: 'eu-west-1',
      operation: 'ListImagePipelines',
      input: {maxResults: 99},
      status: 400,
      errorType: 'InvalidRequestException',
    },
  ]);
  expect(JSON.stringify(aws.requests)).not.toContain('AKIAEXAMPLE');
});

test('an account document is a copy: later changes do not reach it', async () => {
  const aws = await simulatedAws();
  const before = aws.account();
  const start = new StartImagePipelineExecutionCommand({imagePipelineArn: arns.byHand, clientToken: 'a'});
  await aws.imagebuilder('us-east-1').send(start);
  expect(before.regions['us-east-1']?.builds).toEqual({});
  expect(aws.account()).not.toEqual(before);
});

test('it listens on the loopback address and closes at once, also with an open connection', async () => {
  const simulator = await startSimulator(twoRegions);
  expect(simulator.endpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  const socket = createConnection(Number(new URL(simulator.endpoint).port), '127.0.0.1');
  await new Promise((resolve) => socket.once('connect', resolve));
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.on('error', () => {});
  socket.resume();
  await simulator.close();
  await closed;
  await expect(fetch(simulator.endpoint)).rejects.toThrow();
});

test('answers can be held back', async () => {
  const aws = await simulatedAws(undefined, {latencyMs: 30});
  const started = performance.now();
  await aws.sts.send(new GetCallerIdentityCommand({}));
  expect(performance.now() - started).toBeGreaterThanOrEqual(25);
});
