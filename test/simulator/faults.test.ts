import {GetRoleCommand} from '@aws-sdk/client-iam';
import {CancelImageCreationCommand, ListImagePipelinesCommand} from '@aws-sdk/client-imagebuilder';
import {expect, test} from 'vitest';
import {faultNames, type FaultName, type FaultRule} from '../../source/simulator/faults.ts';
import {loadScenario} from '../../source/simulator/scenario/load.ts';
import {arns, simulatedAws} from './simulated-aws.ts';

const getRole = new GetRoleCommand({RoleName: 'AWSServiceRoleForImageBuilder'});

/** What one call of each service meets under a fault: the error's name and the status. */
async function met(fault: FaultName, limitMs = 60_000): Promise<unknown[]> {
  const aws = await simulatedAws(undefined, {faults: [{always: true, fault}]});
  const outcomes: unknown[] = [];
  const calls = [
    () =>
      aws.imagebuilder().send(new ListImagePipelinesCommand({}), {abortSignal: AbortSignal.timeout(limitMs)}),
    () => aws.iam.send(getRole, {abortSignal: AbortSignal.timeout(limitMs)}),
  ];
  for (const call of calls) {
    outcomes.push(
      await call().then(
        () => 'success',
        (error: {name: string; $metadata?: {httpStatusCode?: number}}) => [
          error.name,
          error.$metadata?.httpStatusCode,
        ],
      ),
    );
  }
  return outcomes;
}

const refusals: [FaultName, [string, number], [string, number]][] = [
  ['throttle', ['CallRateLimitExceededException', 429], ['Throttling', 400]],
  ['serviceUnavailable', ['ServiceUnavailableException', 503], ['ServiceUnavailable', 503]],
  ['internalError', ['ServiceException', 500], ['ServiceFailureException', 500]],
  ['accessDenied', ['AccessDeniedException', 403], ['AccessDenied', 403]],
  ['deniedByScp', ['AccessDeniedException', 403], ['AccessDenied', 403]],
  ['expiredToken', ['ExpiredTokenException', 403], ['ExpiredToken', 403]],
  ['unrecognizedClient', ['UnrecognizedClientException', 403], ['InvalidClientTokenId', 403]],
];

test.each(refusals)('%s looks as it does on AWS', async (fault, imagebuilder, iam) => {
  expect(await met(fault)).toEqual([imagebuilder, iam]);
});

test('a success without its list reaches the client as such, and HTML keeps its status', async () => {
  const aws = await simulatedAws(undefined, {
    faults: [
      {first: 1, fault: 'emptyBody'},
      {every: 2, fault: 'emptyObject'},
      {every: 3, fault: 'html503'},
    ],
  });
  const client = aws.imagebuilder();
  const list = () => client.send(new ListImagePipelinesCommand({}));
  expect((await list()).imagePipelineList).toBeUndefined();
  expect((await list()).imagePipelineList).toBeUndefined();
  await expect(list()).rejects.toMatchObject({$metadata: {httpStatusCode: 503}});
});

test('a reset cuts the connection before anything happens, a lost answer after it', async () => {
  for (const [fault, status] of [
    ['reset', 'BUILDING'],
    ['lostAnswer', 'CANCELLED'],
  ] as const) {
    const aws = await simulatedAws(undefined, {faults: [{always: true, fault}]});
    const cancel = new CancelImageCreationCommand({
      imageBuildVersionArn: arns.nightlyBuild,
      clientToken: 'a',
    });
    await expect(aws.imagebuilder().send(cancel)).rejects.toMatchObject({code: 'ECONNRESET'});
    aws.pass(8);
    expect(aws.account().regions['eu-west-1']?.builds[arns.nightlyBuild]?.status).toBe(status);
    expect(aws.requests).toMatchObject([{operation: 'CancelImageCreation', status: 0, errorType: fault}]);
  }
});

test('the answer is lost also when the service refused the call', async () => {
  const aws = await simulatedAws(undefined, {faults: [{always: true, fault: 'lostAnswer'}]});
  await expect(aws.iam.send(new GetRoleCommand({RoleName: 'other'}))).rejects.toMatchObject({
    code: 'ECONNRESET',
  });
});

test('a hang never answers, and closing the simulator ends it', async () => {
  const aws = await simulatedAws(undefined, {faults: [{always: true, fault: 'hang'}]});
  const call = aws.imagebuilder().send(new ListImagePipelinesCommand({}));
  const ended = expect(call).rejects.toThrow();
  await expect.poll(() => aws.requests.length).toBe(1);
  await aws.close();
  await ended;
});

const listsThrottled: FaultRule[] = [
  {
    service: 'imagebuilder',
    operation: 'ListImagePipelines',
    region: 'eu-west-1',
    first: 2,
    fault: 'throttle',
  },
];

test('a rule spoils the first calls of its operation and Region only', async () => {
  const aws = await simulatedAws(undefined, {faults: listsThrottled});
  await aws.imagebuilder('us-east-1').send(new ListImagePipelinesCommand({}));
  await aws.iam.send(getRole);
  for (let call = 0; call < 3; call += 1) {
    await aws
      .imagebuilder()
      .send(new ListImagePipelinesCommand({}))
      .catch(() => {});
  }
  expect(aws.requests.map((request) => request.status)).toEqual([200, 200, 429, 429, 200]);
});

test('a rule can spoil every nth call', async () => {
  const aws = await simulatedAws(undefined, {faults: [{every: 3, fault: 'serviceUnavailable'}]});
  for (let call = 0; call < 6; call += 1) await aws.iam.send(getRole).catch(() => {});
  expect(aws.requests.map((request) => request.status)).toEqual([200, 200, 503, 200, 200, 503]);
});

test('every fault name can be met without a crash', async () => {
  // A body that stalls is waited for as long as the limit.
  for (const fault of faultNames.filter((name) => name !== 'hang')) await met(fault, 500);
});

test('the denied Region refuses every Image Builder call by a service control policy, and only that Region does', async () => {
  const aws = await simulatedAws(loadScenario('denied-region'));
  await expect(aws.imagebuilder('eu-south-2').send(new ListImagePipelinesCommand({}))).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: expect.stringContaining('with an explicit deny in a service control policy') as string,
  });
  await aws.imagebuilder('eu-south-1').send(new ListImagePipelinesCommand({}));
});

test('calls beyond the allowed rate are throttled, for each operation and Region by itself', async () => {
  const aws = await simulatedAws({...loadScenario('clean'), allowed: {perSecond: 2, burst: 3}});
  const list = async (region: string): Promise<boolean> =>
    aws
      .imagebuilder(region)
      .send(new ListImagePipelinesCommand({}))
      .then(
        () => true,
        () => false,
      );
  const inTurn = async (calls: number): Promise<boolean[]> => {
    const answered: boolean[] = [];
    for (let call = 0; call < calls; call += 1) answered.push(await list('eu-west-1'));
    return answered;
  };
  expect(await inTurn(5)).toEqual([true, true, true, false, false]);
  expect(await list('us-east-1')).toBe(true);
  aws.pass(1);
  expect(await inTurn(3)).toEqual([true, true, false]);
});
