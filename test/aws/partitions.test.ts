import {afterEach, describe, expect, test, vi} from 'vitest';
import {isAwsHost} from '../../source/aws/connection/endpoint.ts';
import {globalRegionOf, partitionOf} from '../../source/aws/connection/partitions.ts';
import {connectionWith, sentRequest} from './sent-request.ts';

afterEach(() => vi.unstubAllEnvs());

const iam = 'iam:ListAccountAliases';
const sts = 'sts:GetCallerIdentity';
const account = 'account:ListRegions';
const ssm = 'ssm:GetParametersByPath';
const imagebuilder = 'imagebuilder:ListImagePipelines';

interface World {
  readonly partition: string;
  /** A Region other than the global one, where the partition has several. */
  readonly region: string;
  readonly globalRegion: string;
  readonly iam: string;
  readonly iamSignedFor: string;
  readonly accountRegion: string;
  readonly suffix: string;
  readonly dualStack: string;
}

const worlds: readonly World[] = [
  {
    partition: 'aws',
    region: 'eu-south-2',
    globalRegion: 'us-east-1',
    iam: 'iam.amazonaws.com',
    iamSignedFor: 'us-east-1',
    accountRegion: 'us-east-1',
    suffix: 'amazonaws.com',
    dualStack: 'api.aws',
  },
  {
    partition: 'aws-cn',
    region: 'cn-northwest-1',
    globalRegion: 'cn-north-1',
    iam: 'iam.cn-north-1.amazonaws.com.cn',
    iamSignedFor: 'cn-north-1',
    // The SDK's own rules send the account service of China to Ningxia.
    accountRegion: 'cn-northwest-1',
    suffix: 'amazonaws.com.cn',
    dualStack: 'api.amazonwebservices.com.cn',
  },
  {
    partition: 'aws-us-gov',
    region: 'us-gov-east-1',
    globalRegion: 'us-gov-west-1',
    iam: 'iam.us-gov.amazonaws.com',
    iamSignedFor: 'us-gov-west-1',
    accountRegion: 'us-gov-west-1',
    suffix: 'amazonaws.com',
    dualStack: 'api.aws',
  },
  {
    partition: 'aws-eusc',
    region: 'eusc-de-east-1',
    globalRegion: 'eusc-de-east-1',
    iam: 'iam.eusc-de-east-1.amazonaws.eu',
    iamSignedFor: 'eusc-de-east-1',
    accountRegion: 'eusc-de-east-1',
    suffix: 'amazonaws.eu',
    dualStack: 'api.amazonwebservices.eu',
  },
  {
    partition: 'aws-iso',
    region: 'us-iso-west-1',
    globalRegion: 'us-iso-east-1',
    iam: 'iam.us-iso-east-1.c2s.ic.gov',
    iamSignedFor: 'us-iso-east-1',
    accountRegion: 'us-iso-east-1',
    suffix: 'c2s.ic.gov',
    dualStack: 'api.aws.ic.gov',
  },
  {
    partition: 'aws-iso-b',
    region: 'us-isob-east-1',
    globalRegion: 'us-isob-east-1',
    iam: 'iam.us-isob-east-1.sc2s.sgov.gov',
    iamSignedFor: 'us-isob-east-1',
    accountRegion: 'us-isob-east-1',
    suffix: 'sc2s.sgov.gov',
    dualStack: 'api.aws.scloud',
  },
  {
    partition: 'aws-iso-e',
    region: 'eu-isoe-west-1',
    globalRegion: 'eu-isoe-west-1',
    iam: 'iam.eu-isoe-west-1.cloud.adc-e.uk',
    iamSignedFor: 'eu-isoe-west-1',
    accountRegion: 'eu-isoe-west-1',
    suffix: 'cloud.adc-e.uk',
    dualStack: 'api.cloud-aws.adc-e.uk',
  },
  {
    partition: 'aws-iso-f',
    region: 'us-isof-east-1',
    globalRegion: 'us-isof-south-1',
    iam: 'iam.us-isof-south-1.csp.hci.ic.gov',
    iamSignedFor: 'us-isof-south-1',
    accountRegion: 'us-isof-south-1',
    suffix: 'csp.hci.ic.gov',
    dualStack: 'api.aws.hci.ic.gov',
  },
];

describe.each(worlds)('in $partition', (world) => {
  const {partition, region, globalRegion, suffix} = world;

  /** A connection whose Region the environment names, in the caller's partition. */
  const there = (env: NodeJS.ProcessEnv = {}) => {
    const connection = connectionWith({env: {AWS_REGION: region, ...env}});
    connection.enter(partition);
    return connection;
  };

  test('a Region is known to belong to it, and so is its global one', () => {
    expect(partitionOf(region)).toBe(partition);
    expect(partitionOf(globalRegion)).toBe(partition);
    expect(globalRegionOf(partition)).toBe(globalRegion);
  });

  test('who is calling is asked where the environment says, before the partition is known', async () => {
    const connection = connectionWith({env: {AWS_REGION: region}});
    expect(await sentRequest(connection, sts)).toEqual({
      host: `sts.${region}.${suffix}`,
      signedFor: `${region}/sts`,
    });
  });

  test('IAM is called at its own host and signed for its own Region', async () => {
    expect(await sentRequest(there(), iam)).toEqual({
      host: world.iam,
      signedFor: `${world.iamSignedFor}/iam`,
    });
  });

  test('the account and the public parameters are asked in the global Region', async () => {
    expect(await sentRequest(there(), account)).toEqual({
      host: `account.${world.accountRegion}.${suffix}`,
      signedFor: `${world.accountRegion}/account`,
    });
    expect(await sentRequest(there(), ssm, globalRegion)).toEqual({
      host: `ssm.${globalRegion}.${suffix}`,
      signedFor: `${globalRegion}/ssm`,
    });
  });

  test('Image Builder is called in the Region that is visited', async () => {
    expect(await sentRequest(there(), imagebuilder, region)).toEqual({
      host: `imagebuilder.${region}.${suffix}`,
      signedFor: `${region}/imagebuilder`,
    });
  });

  test('FIPS and dual-stack endpoints are taken when the environment says so', async () => {
    const dualStack = there({AWS_USE_DUALSTACK_ENDPOINT: 'true'});
    expect((await sentRequest(dualStack, imagebuilder, region)).host).toBe(
      `imagebuilder.${region}.${world.dualStack}`,
    );
    const fips = there({AWS_USE_FIPS_ENDPOINT: 'true'});
    // GovCloud's usual endpoint is a FIPS one, and keeps its name.
    const name = partition === 'aws-us-gov' ? 'imagebuilder' : 'imagebuilder-fips';
    expect((await sentRequest(fips, imagebuilder, region)).host).toBe(`${name}.${region}.${suffix}`);
  });

  test('every endpoint, FIPS and dual-stack included, is known to be one of AWS’s own', async () => {
    for (const [fips, dualStack] of [
      ['false', 'false'],
      ['true', 'false'],
      ['false', 'true'],
      ['true', 'true'],
    ] as const) {
      const env = {AWS_USE_FIPS_ENDPOINT: fips, AWS_USE_DUALSTACK_ENDPOINT: dualStack};
      for (const operation of [iam, sts, account, ssm, imagebuilder]) {
        const {host} = await sentRequest(there(env), operation, region);
        expect(`${host} ${isAwsHost(host)}`).toBe(`${host} true`);
      }
    }
  });
});

test.each([
  'amazonaws.com.evil.example',
  'notamazonaws.com',
  'iam.amazonaws.com:8443',
  '127.0.0.1:4566',
  'localhost',
  'amazonaws.com.cn.example.cn',
])('%s is not one of AWS’s own hosts', (host) => {
  expect(isAwsHost(host)).toBe(false);
});
