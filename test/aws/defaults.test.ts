import {mkdtempSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, expect, test, vi} from 'vitest';
import {connectionWith, sentRequest} from './sent-request.ts';

afterEach(() => vi.unstubAllEnvs());

/** A configuration away from the host's. Returns the environment that names it. */
function configure(config: string): NodeJS.ProcessEnv {
  const file = join(mkdtempSync(join(tmpdir(), 'handrail-aws-')), 'config');
  writeFileSync(file, config);
  return {AWS_CONFIG_FILE: file, AWS_SHARED_CREDENTIALS_FILE: '/dev/null'};
}

const sts = 'sts:GetCallerIdentity';

const cases: readonly [string, NodeJS.ProcessEnv, string | undefined, string][] = [
  [
    'AWS_REGION wins over everything',
    {AWS_REGION: 'eu-west-3', AWS_DEFAULT_REGION: 'eu-west-2'},
    'ops',
    'eu-west-3',
  ],
  ['AWS_DEFAULT_REGION comes next', {AWS_DEFAULT_REGION: 'eu-west-2'}, 'ops', 'eu-west-2'],
  ['then the named profile', {}, 'ops', 'eu-central-1'],
  ['or the profile of AWS_PROFILE', {AWS_PROFILE: 'ops'}, undefined, 'eu-central-1'],
  ['or of AWS_DEFAULT_PROFILE', {AWS_DEFAULT_PROFILE: 'ops'}, undefined, 'eu-central-1'],
  ['then the default profile', {}, undefined, 'ca-central-1'],
  ['an empty variable counts as not set', {AWS_REGION: ''}, 'ops', 'eu-central-1'],
  ['a profile without a Region leaves us-east-1', {}, 'bare', 'us-east-1'],
];

test.each(cases)('the Region of the first question: %s', async (_what, env, profile, region) => {
  const files = configure(
    '[default]\nregion = ca-central-1\n[profile ops]\nregion = eu-central-1\n[profile bare]\noutput = json\n',
  );
  const connection = connectionWith({env: {...files, ...env}, ...(profile === undefined ? {} : {profile})});
  expect((await sentRequest(connection, sts)).host).toBe(`sts.${region}.amazonaws.com`);
});

const hostIn = async (env: NodeJS.ProcessEnv, profile: string, operation: string) =>
  (await sentRequest(connectionWith({env, profile}), operation, undefined)).host;

test('a profile’s own FIPS, dual-stack and endpoint settings are followed', async () => {
  const env = configure(
    [
      '[profile gov]',
      'region = us-gov-west-1',
      'use_dualstack_endpoint = true',
      '[profile fips]',
      'region = us-east-1',
      'use_fips_endpoint = true',
      '[profile mock]',
      'region = us-east-1',
      'services = mocks',
      '[services mocks]',
      'imagebuilder =',
      '  endpoint_url = http://127.0.0.1:4566',
    ].join('\n'),
  );
  expect(await hostIn(env, 'gov', sts)).toBe('sts.us-gov-west-1.api.aws');
  expect(await hostIn(env, 'fips', sts)).toBe('sts-fips.us-east-1.amazonaws.com');
  expect(await hostIn(env, 'mock', 'imagebuilder:ListImagePipelines')).toBe('127.0.0.1:4566');
  expect(await hostIn(env, 'mock', sts)).toBe('sts.us-east-1.amazonaws.com');
});

test('an endpoint of our own does not care for FIPS in the environment', async () => {
  vi.stubEnv('AWS_USE_FIPS_ENDPOINT', 'true');
  const connection = connectionWith({endpoint: 'http://127.0.0.1:9'});
  expect((await sentRequest(connection, sts)).host).toBe('127.0.0.1:9');
});
