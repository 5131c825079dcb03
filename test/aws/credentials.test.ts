import {createHash} from 'node:crypto';
import {mkdirSync, mkdtempSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, expect, onTestFinished, test, vi} from 'vitest';
import {Connection, type ConnectionOptions} from '../../source/aws/connection/connection.ts';
import {awsPort} from '../../source/aws/call/aws-port.ts';
import type {CallOutcome} from '../../source/engine/model/ports.ts';
import {loadScenario} from '../../source/simulator/scenario/load.ts';
import {startSimulator, type Simulator} from '../../source/simulator/server.ts';
import {startProxy} from './middlemen.ts';

afterEach(() => vi.unstubAllEnvs());

const role = 'arn:aws:iam::123456789012:role/teams/images';
/** A role for whoever has a token of an identity provider. */
const podRole = 'arn:aws:iam::123456789012:role/pods/cleaner';
const device = 'arn:aws:iam::123456789012:mfa/kim';
const base = {accessKeyId: 'AKIABASE', secretAccessKey: 'base-secret'};
/** What the instance metadata service gives out. */
const onInstance = {
  accessKeyId: 'ASIAINSTANCE',
  secretAccessKey: 'instance-secret',
  sessionToken: 'instance-token',
};

/** A strict simulator, in which a role can be taken on by whoever knows its external id and MFA code. */
async function strictAws(mfa: boolean): Promise<Simulator> {
  const clean = loadScenario('clean');
  const wanted = {arn: role, externalId: 'ticket-7', ...(mfa ? {mfa: {serial: device, code: '123456'}} : {})};
  const simulator = await startSimulator(
    {...clean, account: {...clean.account, assumableRoles: [wanted, {arn: podRole}]}},
    {strict: {keys: {[base.accessKeyId]: base, [onInstance.accessKeyId]: onInstance}}},
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
      answerTimeoutMs: 2500,
      mfaCode: () => new Promise((resolve) => setTimeout(() => resolve('123456'), 2700)),
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

/** A web identity token as Kubernetes gives one, in a file. */
function tokenFile(secondsLeft: number): string {
  const claims = {iss: 'https://id.example', sub: 'pod', exp: Math.floor(Date.now() / 1000) + secondsLeft};
  const parts = [{alg: 'RS256'}, claims].map((part) =>
    Buffer.from(JSON.stringify(part)).toString('base64url'),
  );
  const file = join(mkdtempSync(join(tmpdir(), 'handrail-token-')), 'token');
  writeFileSync(file, `${parts.join('.')}.canary-signature`);
  return file;
}

function webIdentity(secondsLeft: number, roleArn: string): NodeJS.ProcessEnv {
  return {
    AWS_WEB_IDENTITY_TOKEN_FILE: tokenFile(secondsLeft),
    AWS_ROLE_ARN: roleArn,
    AWS_ROLE_SESSION_NAME: 'pod-7',
  };
}

test.each([
  ['an endpoint of our own', (endpoint: string) => ({options: {endpoint}, env: {}})],
  [
    'an endpoint of our own in an environment that wants FIPS',
    (endpoint: string) => ({options: {endpoint}, env: {AWS_USE_FIPS_ENDPOINT: 'true'}}),
  ],
  ['AWS_ENDPOINT_URL', (endpoint: string) => ({options: {}, env: {AWS_ENDPOINT_URL: endpoint}})],
  ['AWS_ENDPOINT_URL_STS', (endpoint: string) => ({options: {}, env: {AWS_ENDPOINT_URL_STS: endpoint}})],
])('a web identity token is exchanged for the keys of a role, by %s', async (_what, reached) => {
  const simulator = await strictAws(false);
  const {options, env: more} = reached(simulator.endpoint);
  const env = configure('', {...webIdentity(3600, podRole), ...more});
  const [outcome] = await callers({...options, env}, []);
  expect(outcome).toMatchObject({
    output: {Arn: 'arn:aws:sts::123456789012:assumed-role/cleaner/pod-7'},
  });
  const operations = simulator.requests.map(({operation}) => operation);
  expect(operations).toEqual(['AssumeRoleWithWebIdentity', 'GetCallerIdentity']);
  expect(JSON.stringify(simulator.requests)).not.toContain('canary-signature');
});

test('a profile’s web identity token is exchanged for its role', async () => {
  const simulator = await strictAws(false);
  const config = `[profile pod]\nrole_arn = ${podRole}\nweb_identity_token_file = ${tokenFile(3600)}\n`;
  const env = configure(config);
  const [outcome] = await callers({endpoint: simulator.endpoint, env, profile: 'pod'}, []);
  expect(outcome).toMatchObject({
    ok: true,
    output: {Arn: expect.stringContaining(':assumed-role/cleaner/') as string},
  });
});

test.each([
  ['that has ended', -1, podRole, 'credentials', /Token expired/],
  ['for a role that wants more', 3600, role, 'denied', /Not authorized to perform/],
] as const)('a web identity token %s is told, and nothing of it', async (_what, left, arn, kind, words) => {
  const simulator = await strictAws(false);
  const env = configure('', webIdentity(left, arn));
  const [outcome] = await callers({endpoint: simulator.endpoint, env}, []);
  expect(outcome).toMatchObject({ok: false, fault: {kind}});
  expect(JSON.stringify(outcome)).toMatch(words);
  expect(JSON.stringify(outcome)).not.toContain('canary-signature');
});

test('SSO is asked in its own Region, whatever the Region of the calls', async () => {
  const home = mkdtempSync(join(tmpdir(), 'handrail-home-'));
  const cache = join(home, '.aws', 'sso', 'cache');
  mkdirSync(cache, {recursive: true});
  const token = {accessToken: 'sso-token', expiresAt: new Date(Date.now() + 3_600_000).toISOString()};
  writeFileSync(join(cache, `${createHash('sha1').update('s').digest('hex')}.json`), JSON.stringify(token));
  vi.stubEnv('HOME', home);
  const proxy = await startProxy('wanted, so that nothing leaves this host');
  const env = configure(
    '[profile sso]\nsso_session = s\nsso_account_id = 123456789012\nsso_role_name = r\n[sso-session s]\nsso_region = eu-central-1\nsso_start_url = https://example.awsapps.com/start\n',
    {AWS_REGION: 'eu-west-1', HTTPS_PROXY: proxy.address},
  );
  const [outcome] = await callers({env, profile: 'sso'}, []);
  expect(outcome).toMatchObject({ok: false});
  expect(new Set(proxy.asked)).toEqual(new Set(['CONNECT portal.sso.eu-central-1.amazonaws.com:443']));
});

/** An instance metadata service that answers to its own session token only: version 2. Returns its address. */
async function instanceMetadata(answer: object): Promise<{endpoint: string; asked: string[]}> {
  const asked: string[] = [];
  const roles = '/latest/meta-data/iam/security-credentials/';
  const server = createServer(({method, url = '', headers}, response) => {
    asked.push(`${method} ${url}`);
    const welcome = headers['x-aws-ec2-metadata-token'] === 'metadata-session';
    if (method === 'PUT' && url === '/latest/api/token') response.end('metadata-session');
    else if (!welcome) response.writeHead(401).end();
    else if (url === roles) response.end('cleaner');
    else if (url === `${roles}cleaner`) response.end(JSON.stringify(answer));
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked};
}

test('keys of an instance’s role come from its metadata service, asked once for all clients', async () => {
  const simulator = await strictAws(false);
  const metadata = await instanceMetadata({
    Code: 'Success',
    Type: 'AWS-HMAC',
    AccessKeyId: onInstance.accessKeyId,
    SecretAccessKey: onInstance.secretAccessKey,
    Token: onInstance.sessionToken,
    LastUpdated: new Date().toISOString(),
    Expiration: new Date(Date.now() + 3_600_000).toISOString(),
  });
  const env = configure('', {
    AWS_EC2_METADATA_DISABLED: 'false',
    AWS_EC2_METADATA_SERVICE_ENDPOINT: metadata.endpoint,
  });
  const outcomes = await callers({endpoint: simulator.endpoint, env}, ['eu-west-1', 'us-east-1']);
  expect(outcomes).toMatchObject([{ok: true}, {ok: true}, {ok: true}]);
  expect(metadata.asked).toEqual([
    'PUT /latest/api/token',
    'GET /latest/meta-data/iam/security-credentials/',
    'GET /latest/meta-data/iam/security-credentials/cleaner',
  ]);
});

test('an instance whose role gives no keys: the remedy says what to do', async () => {
  const simulator = await strictAws(false);
  const metadata = await instanceMetadata({Code: 'AssumeRoleUnauthorizedAccess'});
  const env = configure('', {
    AWS_EC2_METADATA_DISABLED: 'false',
    AWS_EC2_METADATA_SERVICE_ENDPOINT: metadata.endpoint,
  });
  const [outcome] = await callers({endpoint: simulator.endpoint, env}, []);
  expect(outcome).toMatchObject({
    ok: false,
    fault: {kind: 'credentials', remedy: expect.stringContaining('--profile') as string},
  });
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
