import {execFile} from 'node:child_process';
import {promisify} from 'node:util';
import {GetRoleCommand, IAMClient} from '@aws-sdk/client-iam';
import {
  GetImagePipelineCommand,
  ImagebuilderClient,
  ListImagePipelinesCommand,
} from '@aws-sdk/client-imagebuilder';
import {STSClient, GetCallerIdentityCommand} from '@aws-sdk/client-sts';
import {describe, expect, onTestFinished, test} from 'vitest';
import {organizationSchema} from '../../source/simulator/scenario/organization-schema.ts';
import {startSimulator, type SimulatorOptions} from '../../source/simulator/server.ts';
import {arns, twoRegions} from './simulated-aws.ts';

const key = {accessKeyId: 'AKIASTRICT', secretAccessKey: 'strict/secret+with=signs'};
const strict = {keys: {[key.accessKeyId]: {secretAccessKey: key.secretAccessKey}}};

async function strictAws(options: SimulatorOptions = {}, scenario = twoRegions) {
  const simulator = await startSimulator(scenario, {strict, ...options});
  onTestFinished(() => simulator.close());
  return simulator;
}

interface Client {
  destroy(): void;
}

function made<T extends Client>(client: T): T {
  onTestFinished(() => client.destroy());
  return client;
}

const role = new GetRoleCommand({RoleName: 'AWSServiceRoleForImageBuilder'});

describe('a strict simulator', () => {
  test('takes what the SDK signs: forms, JSON, queries with ARNs in them', async () => {
    const {endpoint} = await strictAws();
    const settings = {endpoint, credentials: key, maxAttempts: 1};
    const iam = made(new IAMClient({...settings, region: 'us-east-1'}));
    const imagebuilder = made(new ImagebuilderClient({...settings, region: 'eu-west-1'}));
    expect((await iam.send(role)).Role).toBeDefined();
    expect((await imagebuilder.send(new ListImagePipelinesCommand({}))).imagePipelineList).toHaveLength(1);
    const {imagePipeline} = await imagebuilder.send(
      new GetImagePipelineCommand({imagePipelineArn: arns.nightly}),
    );
    expect(imagePipeline?.arn).toBe(arns.nightly);
  });

  test.each([
    ['another secret', {...key, secretAccessKey: 'wrong'}, 'SignatureDoesNotMatch'],
    ['a key that nobody has', {...key, accessKeyId: 'AKIANOBODY'}, 'InvalidClientTokenId'],
    ['a token that does not belong to the key', {...key, sessionToken: 'x'}, 'InvalidClientTokenId'],
  ])('refuses %s', async (_what, credentials, name) => {
    const {endpoint} = await strictAws();
    const iam = made(new IAMClient({endpoint, credentials, region: 'us-east-1', maxAttempts: 1}));
    await expect(iam.send(role)).rejects.toMatchObject({name, $metadata: {httpStatusCode: 403}});
  });

  test('refuses an account-wide request that is signed for another Region', async () => {
    const {endpoint} = await strictAws();
    const iam = made(new IAMClient({endpoint, credentials: key, region: 'eu-west-1', maxAttempts: 1}));
    await expect(iam.send(role)).rejects.toMatchObject({
      name: 'SignatureDoesNotMatch',
      message: expect.stringContaining('us-east-1') as string,
    });
  });

  test('refuses what is not signed, or was changed after it was signed', async () => {
    const {endpoint} = await strictAws();
    const unsigned = await fetch(endpoint, {method: 'POST', body: 'Action=GetRole&Version=2010-05-08'});
    expect(unsigned.status).toBe(403);
    const sts = made(new STSClient({endpoint, credentials: key, region: 'eu-west-1', maxAttempts: 1}));
    sts.middlewareStack.add(
      (next) => (args) => {
        const request = args.request as {body: string};
        request.body = request.body.replace('2011', '2012');
        return next(args);
      },
      {step: 'deserialize', priority: 'low', name: 'tamper'},
    );
    await expect(sts.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
      name: 'SignatureDoesNotMatch',
    });
  });

  test.each([
    ['AssumeRole', 403, 'Missing Authentication Token'],
    ['GetCallerIdentity', 403, 'Missing Authentication Token'],
    ['AssumeRoleWithWebIdentity', 400, '<Code>InvalidIdentityToken</Code>'],
  ])('takes an exchange of a web identity without a signature, and nothing else: %s', async (...told) => {
    const [operation, status, words] = told;
    const {endpoint} = await strictAws();
    const body = new URLSearchParams({
      Action: operation,
      Version: '2011-06-15',
      RoleArn: 'arn:aws:iam::123456789012:role/ops',
      RoleSessionName: 'kim',
      WebIdentityToken: 'not.a.token',
    });
    const response = await fetch(endpoint, {method: 'POST', body});
    expect(response.status).toBe(status);
    expect(await response.text()).toContain(words);
  });

  test('a client whose clock is off learns the right time from the refusal', async () => {
    const {endpoint} = await strictAws({clockAheadMs: 3_600_000});
    const sts = made(new STSClient({endpoint, credentials: key, region: 'eu-west-1', maxAttempts: 1}));
    await expect(sts.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
      message: expect.stringContaining('Signature expired') as string,
    });
    expect((await sts.send(new GetCallerIdentityCommand({}))).Account).toBe('123456789012');
  });
});

const run = promisify(execFile);

/** Debian 12's boto3 is older than that operation. */
const knowsRegions = 'import boto3; boto3.client("account", region_name="us-east-1").list_regions';

async function hasBoto3(): Promise<boolean> {
  return run('python3', ['-c', knowsRegions]).then(
    () => true,
    () => false,
  );
}

const boto3 = await hasBoto3();
if (!boto3)
  process.stdout.write(
    'skipped: python3 has no boto3, or one from before ListRegions, so only the JavaScript SDK checks the wire\n',
  );

test.skipIf(!boto3)(
  'a client that is not ours drives every operation, its signatures checked',
  async () => {
    const scenario = {
      ...twoRegions,
      pipelines: twoRegions.pipelines.map((pipeline) => ({...pipeline, rules: ['on-commit']})),
      builds: {...twoRegions.builds, lastSeconds: 1_000_000},
      calendars: [{name: 'nights', state: 'OPEN' as const, turnsAfter: []}],
      account: {...twoRegions.account, assumableRoles: [{arn: 'arn:aws:iam::123456789012:role/ops'}]},
      organization: organizationSchema.parse({
        accounts: [{id: '012345678901', name: 'first', ou: 'Workloads', tags: {tier: 'gold'}}],
      }),
    };
    const {endpoint, requests} = await strictAws({speed: 1000}, scenario);
    const script = new URL('every-operation.py', import.meta.url).pathname;
    const {stdout} = await run('python3', [script, endpoint, key.accessKeyId, key.secretAccessKey]);
    const seen = JSON.parse(stdout) as Record<string, unknown>;
    const {services} = await import('../../source/simulator/services/catalogue.ts');
    const all = [...services].flatMap(([name, {operations}]) =>
      Object.keys(operations).map((operation) => `${name}:${operation}`),
    );
    expect(Object.keys(seen).toSorted()).toEqual(all.toSorted());
    expect(Object.entries(seen).filter(([, answer]) => answer !== 'ok')).toEqual([]);
    expect(requests.filter(({status}) => status !== 200)).toEqual([]);
  },
  60_000,
);
