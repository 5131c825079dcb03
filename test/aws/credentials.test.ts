import {mkdtempSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, expect, onTestFinished, test, vi} from 'vitest';
import {Connection, type ConnectionOptions} from '../../source/aws/connection.ts';
import {awsPort} from '../../source/aws/port.ts';
import type {CallOutcome} from '../../source/engine/ports.ts';
import {loadScenario} from '../../source/simulator/scenario/load.ts';
import {startSimulator, type Simulator} from '../../source/simulator/server.ts';

afterEach(() => vi.unstubAllEnvs());

const role = 'arn:aws:iam::123456789012:role/teams/images';
const device = 'arn:aws:iam::123456789012:mfa/kim';
const base = {accessKeyId: 'AKIABASE', secretAccessKey: 'base-secret'};

/** A strict simulator, in which a role can be taken on by whoever knows its external id and MFA code. */
async function strictAws(mfa: boolean): Promise<Simulator> {
  const clean = loadScenario('clean');
  const wanted = {arn: role, externalId: 'ticket-7', ...(mfa ? {mfa: {serial: device, code: '123456'}} : {})};
  const simulator = await startSimulator(
    {...clean, account: {...clean.account, assumableRoles: [wanted]}},
    {strict: {keys: {[base.accessKeyId]: base}}},
  );
  onTestFinished(() => simulator.close());
  return simulator;
}

const none = new AbortController().signal;

async function callers(
  options: ConnectionOptions,
  regions: readonly string[],
): Promise<readonly CallOutcome[]> {
  const connection = new Connection(options);
  onTestFinished(() => connection.close());
  const port = awsPort(connection);
  const identity = () => port.call({operation: 'sts:GetCallerIdentity', input: {}}, none);
  const list = (region: string) =>
    port.call({operation: 'imagebuilder:ListImagePipelines', region, input: {}}, none);
  return Promise.all([identity(), ...regions.map(list)]);
}

test('a role is taken on once for all clients, by its external id, under the session’s name', async () => {
  const simulator = await strictAws(false);
  const outcomes = await callers(
    {
      endpoint: simulator.endpoint,
      credentials: base,
      role: {arn: role, externalId: 'ticket-7', sessionName: 'kim-removes-a-role'},
    },
    ['eu-west-1', 'us-east-1', 'ap-east-1'],
  );
  expect(outcomes.every(({ok}) => ok)).toBe(true);
  expect(outcomes[0]).toMatchObject({
    output: {Arn: 'arn:aws:sts::123456789012:assumed-role/images/kim-removes-a-role'},
  });
  expect(simulator.requests.filter(({operation}) => operation === 'AssumeRole')).toHaveLength(1);
});

test('the operator is asked for one MFA code, whatever the number of clients', async () => {
  const simulator = await strictAws(true);
  const asked: string[] = [];
  const outcomes = await callers(
    {
      endpoint: simulator.endpoint,
      credentials: base,
      role: {arn: role, externalId: 'ticket-7', mfaSerial: device},
      mfaCode: async (serial) => {
        asked.push(serial);
        return '123456';
      },
    },
    ['eu-west-1', 'us-east-1'],
  );
  expect(outcomes.every(({ok}) => ok)).toBe(true);
  expect(asked).toEqual([device]);
});

test('an operator may take longer than any answer from AWS', async () => {
  const simulator = await strictAws(true);
  const [outcome] = await callers(
    {
      endpoint: simulator.endpoint,
      credentials: base,
      role: {arn: role, externalId: 'ticket-7', mfaSerial: device},
      answerTimeoutMs: 300,
      mfaCode: () => new Promise((resolve) => setTimeout(() => resolve('123456'), 500)),
    },
    [],
  );
  expect(outcome).toMatchObject({ok: true});
});

test.each([
  ['a wrong MFA code', {mfaCode: async () => '999999'}, 'credentials', /wait for the next one/],
  ['nobody to ask for the MFA code', {}, 'credentials', /no MFA code callback|multi-factor/],
] as const)('%s is said', async (_what, extra, kind, words) => {
  const simulator = await strictAws(true);
  const [outcome] = await callers(
    {
      endpoint: simulator.endpoint,
      credentials: base,
      role: {arn: role, externalId: 'ticket-7', mfaSerial: device},
      ...extra,
    },
    [],
  );
  expect(outcome).toMatchObject({ok: false, fault: {kind}});
  expect(JSON.stringify(outcome)).toMatch(words);
});

test('a wrong external id is a denial', async () => {
  const simulator = await strictAws(false);
  const [outcome] = await callers(
    {endpoint: simulator.endpoint, credentials: base, role: {arn: role, externalId: 'ticket-8'}},
    [],
  );
  expect(outcome).toMatchObject({ok: false, fault: {kind: 'denied'}});
});

test('new keys are looked for when the old ones have ended', async () => {
  const simulator = await strictAws(false);
  const connection = new Connection({
    endpoint: simulator.endpoint,
    credentials: base,
    role: {arn: role, externalId: 'ticket-7'},
  });
  onTestFinished(() => connection.close());
  const port = awsPort(connection);
  const identity = () => port.call({operation: 'sts:GetCallerIdentity', input: {}}, none);
  await identity();
  connection.renew();
  await identity();
  expect(simulator.requests.filter(({operation}) => operation === 'AssumeRole')).toHaveLength(2);
});

/** An AWS configuration of its own; nothing of the host's. */
function configure(config: string, environment: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const folder = mkdtempSync(join(tmpdir(), 'handrail-aws-'));
  writeFileSync(join(folder, 'config'), config);
  const env = {
    AWS_CONFIG_FILE: join(folder, 'config'),
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
    ...environment,
  };
  for (const name of ['AWS_PROFILE', 'AWS_REGION', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']) {
    vi.stubEnv(name, undefined);
  }
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  return env;
}

test('the SDK’s chain finds keys in the environment, in a profile and by a process', async () => {
  const simulator = await strictAws(false);
  const answer = JSON.stringify({
    Version: 1,
    AccessKeyId: base.accessKeyId,
    SecretAccessKey: base.secretAccessKey,
  });
  const config = [
    '[profile keys]',
    `aws_access_key_id = ${base.accessKeyId}`,
    `aws_secret_access_key = ${base.secretAccessKey}`,
    '[profile command]',
    `credential_process = echo '${answer}'`,
  ].join('\n');
  const keys = {AWS_ACCESS_KEY_ID: base.accessKeyId, AWS_SECRET_ACCESS_KEY: base.secretAccessKey};
  const ways: readonly [NodeJS.ProcessEnv, string | undefined][] = [
    [keys, undefined],
    [{}, 'keys'],
    [{}, 'command'],
  ];
  for (const [environment, profile] of ways) {
    const env = configure(config, environment);
    const options = {endpoint: simulator.endpoint, env, ...(profile === undefined ? {} : {profile})};
    expect(await callers(options, [])).toMatchObject([{ok: true}]);
  }
});

test('a profile’s role with MFA asks the operator too', async () => {
  const simulator = await strictAws(true);
  const env = configure(
    [
      '[profile base]',
      `aws_access_key_id = ${base.accessKeyId}`,
      `aws_secret_access_key = ${base.secretAccessKey}`,
      '[profile ops]',
      `role_arn = ${role}`,
      'source_profile = base',
      'external_id = ticket-7',
      `mfa_serial = ${device}`,
    ].join('\n'),
  );
  const outcomes = await callers(
    {endpoint: simulator.endpoint, env, profile: 'ops', mfaCode: async () => '123456'},
    ['eu-west-1'],
  );
  expect(outcomes).toMatchObject([{ok: true}, {ok: true}]);
});

test.each([
  ['nothing anywhere', '', undefined, /--profile/],
  ['a profile that is not there', '', 'nobody', /nobody/],
  [
    'an SSO session that has ended',
    '[profile sso]\nsso_session = s\nsso_account_id = 123456789012\nsso_role_name = r\n[sso-session s]\nsso_region = eu-west-1\nsso_start_url = https://example.awsapps.com/start\n',
    'sso',
    /aws sso login --profile sso/,
  ],
])('%s: the remedy says what to do', async (_what, config, profile, words) => {
  vi.stubEnv('HOME', mkdtempSync(join(tmpdir(), 'handrail-home-')));
  const env = configure(config);
  const [outcome] = await callers(
    {endpoint: 'http://127.0.0.1:9', env, ...(profile === undefined ? {} : {profile})},
    [],
  );
  expect(outcome).toMatchObject({ok: false, fault: {kind: 'credentials'}});
  expect(JSON.stringify(outcome)).toMatch(words);
});
