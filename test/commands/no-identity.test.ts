import {execFile} from 'node:child_process';
import {createHash} from 'node:crypto';
import {mkdirSync, mkdtempSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, afterEach, beforeAll, describe, expect, test, vi} from 'vitest';
import {exitCodes} from '../../source/cli/exit-codes.ts';
import {inputValues} from '../../source/runbook/inputs.ts';
import {findRunbook} from '../../source/runs/runbooks/find-runbook.ts';
import {execute} from '../../source/runs/start-run.ts';
import {systemClock} from '../../source/runs/system-clock.ts';
import {createPlain} from '../../source/ui/plain/plain-view.ts';
import {wholeProgram} from '../support/whole-program.ts';

interface Cause {
  readonly what: string;
  readonly config?: string | Buffer;
  /** `{sts}` stands for the address of this test's server, and `{home}` for a folder. */
  readonly env?: NodeJS.ProcessEnv;
  readonly options?: readonly string[];
  /** All that is said after `AWS could not be asked who is calling: `. */
  readonly says: string;
}

const role = 'arn:aws:iam::123456789012:role/ops';
const device = 'arn:aws:iam::123456789012:mfa/kim';
const base = '[profile base]\naws_access_key_id = AKIABASE\naws_secret_access_key = canary\n';
const keysCalled = (id: string): NodeJS.ProcessEnv => ({
  AWS_ACCESS_KEY_ID: id,
  AWS_SECRET_ACCESS_KEY: 'canary',
});
const corp =
  '[profile p]\nsso_session = corp\nsso_account_id = 123456789012\nsso_role_name = r\n[sso-session corp]\nsso_region = eu-west-1\nsso_start_url = https://x.awsapps.com/start\n';
const instance = {
  AWS_EC2_METADATA_DISABLED: 'false',
  AWS_EC2_METADATA_SERVICE_ENDPOINT: 'http://127.0.0.1:2',
};
const profile = ['--profile', 'p'];
const askContainer =
  'check that the task or pod has a role, and the AWS_CONTAINER_… variables; or name a profile with --profile';
const nobody = 'name a profile with --profile, or sign in (for SSO: aws sso login)';

const causes: readonly Cause[] = [
  {
    what: 'no credentials at all',
    says: `CredentialsProviderError: no credentials were found (${nobody})`,
  },
  {
    what: 'no credentials at all, on a host that might be an instance',
    env: instance,
    says: `CredentialsProviderError: no credentials were found; and the metadata service of this host gives no keys: http://127.0.0.1:2/latest/meta-data/iam/security-credentials/ cannot be reached: ECONNREFUSED (${nobody})`,
  },
  {
    what: 'no such profile',
    options: ['--profile', 'nope'],
    says: 'NoSuchProfile: there is no profile nope in the AWS configuration (correct the name: aws configure list-profiles shows those that there are)',
  },
  {
    what: 'a misspelled profile',
    config: '[profile prod]\nregion = eu-west-1\n',
    options: ['--profile', 'prdo'],
    says: 'NoSuchProfile: there is no profile prdo in the AWS configuration (did you mean prod? aws configure list-profiles shows those that there are)',
  },
  {
    what: 'an empty config file, and a folder for the other',
    config: '',
    env: {AWS_SHARED_CREDENTIALS_FILE: '{home}'},
    says: `CredentialsProviderError: no credentials were found; {home}/config is empty; {home} is a folder, and is not read (${nobody})`,
  },
  {
    what: 'a config file that PowerShell wrote',
    config: Buffer.from('\uFEFF[default]\r\nregion = eu-west-1\r\n', 'utf16le'),
    says: 'BadFile: {home}/config is text in UTF-16 (save it as UTF-8; the AWS CLI refuses such a file too)',
  },
  {
    what: 'a line that is no setting, and may hold a key',
    config: '[default]\naws_secret_access_key canary\n',
    says: 'BadFile: line 2 of {home}/config is neither a [section] nor a setting (write it as name = value, or begin it with #; the AWS CLI refuses such a file too)',
  },
  {
    what: 'nobody signed in to IAM Identity Center',
    config: corp,
    options: profile,
    says: 'SignInNeeded: the IAM Identity Center session of profile p has ended, or never began (sign in: aws sso login --profile p)',
  },
  {
    what: 'the session of IAM Identity Center has ended',
    config: corp,
    env: {HOME: '{home}/signed-out'},
    options: profile,
    says: 'SignInNeeded: the IAM Identity Center session of profile p has ended, or never began (sign in: aws sso login --profile p)',
  },
  {
    what: 'a credential_process fails, in red',
    config: String.raw`[profile p]
credential_process = printf 'first\n\033[31mno YubiKey\033[0m\n' >&2; exit 3
`,
    options: profile,
    says: 'CredentialProcessFailed: credential_process of profile p ended with exit code 3: no YubiKey (run that command by itself, then mend it or sign in as it asks)',
  },
  {
    what: 'AssumeRole is denied',
    config: `[profile p]\nrole_arn = ${role}\nsource_profile = base\n${base}`,
    options: profile,
    says: `AccessDenied: User: arn:aws:iam::123456789012:user/kim is not authorized to perform: sts:AssumeRole on resource: ${role} (have sts:AssumeRole allowed to this caller, in its own policy and in the trust policy of the role)`,
  },
  {
    what: 'an MFA code is wanted, and nobody is there to give it',
    config: `[profile p]\nrole_arn = ${role}\nmfa_serial = ${device}\nsource_profile = base\n${base}`,
    options: profile,
    says: `NoMfaCode: the MFA device ${device} was not read: no code was given (give the code that the device shows with --mfa-code, or run it on a terminal)`,
  },
  {
    what: 'a profile wants the keys of this instance, and it is none',
    config: `[profile p]\nrole_arn = ${role}\ncredential_source = Ec2InstanceMetadata\n`,
    env: instance,
    options: profile,
    says: 'NoInstanceKeys: the metadata service of this host gives no keys: http://127.0.0.1:2/latest/meta-data/iam/security-credentials/ cannot be reached: ECONNREFUSED (check that this is an EC2 instance with a role, and AWS_EC2_METADATA_…; or name a profile with --profile)',
  },
  {
    what: 'nobody listens at the endpoint of the container',
    env: {AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://127.0.0.1:2/keys'},
    says: `NoContainerKeys: the credentials endpoint of this container gives no keys: http://127.0.0.1:2/keys cannot be reached: ECONNREFUSED (${askContainer})`,
  },
  {
    what: 'the endpoint of the container is silent',
    env: {AWS_CONTAINER_CREDENTIALS_FULL_URI: '{sts}/silent'},
    says: `NoContainerKeys: the credentials endpoint of this container gives no keys: {sts}/silent gave no answer in 2 s (${askContainer})`,
  },
  {
    what: 'the endpoint of the container refuses',
    env: {AWS_CONTAINER_CREDENTIALS_FULL_URI: '{sts}/refuses'},
    says: `NoContainerKeys: the credentials endpoint of this container gives no keys: {sts}/refuses answered 403 (${askContainer})`,
  },
  {
    what: 'the endpoint of the container is somebody on the internet',
    env: {AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://keys.example.com/'},
    says: `NoContainerKeys: the credentials endpoint of this container gives no keys: http://keys.example.com/ is neither HTTPS nor an address of ECS, EKS or this host (${askContainer})`,
  },
  {
    what: 'keys that AWS does not know',
    env: keysCalled('AKIAINVALID'),
    says: 'InvalidClientTokenId: The security token included in the request is invalid. (the keys are those of the environment: export new ones, then run it again)',
  },
  {
    what: 'keys of a profile that AWS does not know',
    config: base.replace('base', 'p').replace('AKIABASE', 'AKIAINVALID'),
    options: profile,
    says: 'InvalidClientTokenId: The security token included in the request is invalid. (check the keys or sign in again; for another partition, name one of its Regions with AWS_REGION)',
  },
  {
    what: 'a token that has ended',
    config: base.replace('base', 'p').replace('AKIABASE', 'AKIAENDED'),
    options: profile,
    says: 'ExpiredToken: The security token included in the request is expired (the session has ended: sign in again (for SSO: aws sso login --profile p))',
  },
  {
    what: 'a clock that is off',
    env: keysCalled('AKIACLOCK'),
    says: "SignatureDoesNotMatch: Signature expired: 20261127T100000Z is now earlier than 20261127T110000Z (this host's clock is off by minutes: set it right (NTP), then run it again)",
  },
  {
    what: 'no token file for a web identity',
    env: {AWS_WEB_IDENTITY_TOKEN_FILE: '/no/token', AWS_ROLE_ARN: role},
    says: 'NoTokenFile: the token file /no/token (AWS_WEB_IDENTITY_TOKEN_FILE) cannot be read: ENOENT (have the token put there by its identity provider, or correct the setting)',
  },
  {
    what: 'a web identity that the role does not trust',
    env: {AWS_WEB_IDENTITY_TOKEN_FILE: '{home}/token', AWS_ROLE_ARN: role},
    says: "AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity (have this identity allowed by the role's trust policy, or correct the ARN of the role)",
  },
];

/** What STS says to a caller, by its key or by what it asks for. */
const refusals: readonly (readonly [RegExp, string, string])[] = [
  [/AssumeRoleWithWebIdentity/, 'AccessDenied', 'Not authorized to perform sts:AssumeRoleWithWebIdentity'],
  [
    /Action=AssumeRole/,
    'AccessDenied',
    `User: arn:aws:iam::123456789012:user/kim is not authorized to perform: sts:AssumeRole on resource: ${role}`,
  ],
  [/AKIAINVALID/, 'InvalidClientTokenId', 'The security token included in the request is invalid.'],
  [/AKIAENDED/, 'ExpiredToken', 'The security token included in the request is expired'],
  [
    /AKIACLOCK/,
    'SignatureDoesNotMatch',
    'Signature expired: 20261127T100000Z is now earlier than 20261127T110000Z',
  ],
];

const server = createServer((request, response) => {
  if (request.url === '/silent') return;
  let asked = request.headers.authorization ?? '';
  request.on('data', (chunk: Buffer) => (asked += chunk.toString('utf8')));
  request.on('end', () => {
    const [, code, message] = refusals.find(([pattern]) => pattern.test(asked)) ?? [];
    response.writeHead(403, {'content-type': 'text/xml'});
    response.end(
      `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>r-1</RequestId></ErrorResponse>`,
    );
  });
});
beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** A home where somebody was signed in to `corp` long ago, with a token of an identity provider. */
function makeHome(): string {
  const home = mkdtempSync(join(tmpdir(), 'handrail-nobody-'));
  const cache = join(home, 'signed-out', '.aws', 'sso', 'cache');
  mkdirSync(cache, {recursive: true});
  const token = {accessToken: 'canary', expiresAt: '2020-01-01T00:00:00Z'};
  writeFileSync(
    join(cache, `${createHash('sha1').update('corp').digest('hex')}.json`),
    JSON.stringify(token),
  );
  writeFileSync(join(home, 'token'), 'canary');
  return home;
}

/** How a run ended, by its log. */
interface Left {
  readonly said: string;
  readonly code: unknown;
}

/** Lets a run find nobody, as a process of the whole program. */
function inProgram(env: NodeJS.ProcessEnv, options: readonly string[]): Promise<Left> {
  const [program, ...words] = wholeProgram;
  const argv = [...words, 'run', 'inspect-service-linked-role', '--region', 'us-east-1', ...options];
  return new Promise((resolve) => {
    const child = execFile(program, argv, {env}, (error, out, err) =>
      resolve({said: `${out}${err}`, code: error?.code ?? 0}),
    );
    child.stdin?.end();
  });
}

/** The same in this process, whose environment is the run's as far as that goes: a hundredth of the work. */
async function here(env: NodeJS.ProcessEnv, [, profile]: readonly string[]): Promise<Left> {
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  const loaded = findRunbook('inspect-service-linked-role');
  const order = {
    loaded,
    inputs: inputValues(loaded.runbook, []),
    mode: 'live' as const,
    simulation: false,
    regions: ['us-east-1'],
    connection: {env, ...(profile === undefined ? {} : {profile})},
    answers: {yes: false, confirm: [], everything: false, waive: []},
  };
  let said = '';
  const view = createPlain({write: (text) => (said += text), now: Date.now});
  const never = new AbortController().signal;
  const stopper = {interruption: {gently: never, atOnce: never}, stop: () => {}, release: () => {}};
  const code = await execute(order, {view, stopper, clock: systemClock, env});
  return {said, code};
}

// `npm run test:starts` starts the program for each cause.
const everyNth = process.env['HANDRAIL_MATRIX'] === 'all' ? 1 : 8;

describe('a run that finds nobody says why, where, and how to go on, and exits with 1', () => {
  afterEach(() => vi.unstubAllEnvs());

  test.each(causes.map((cause, index) => ({...cause, index})))(
    '$what',
    async ({config, env = {}, options = [], says, index}) => {
      const home = makeHome();
      const sts = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const filled = (text = ''): string => text.replaceAll('{sts}', sts).replaceAll('{home}', home);
      if (config !== undefined) writeFileSync(join(home, 'config'), config);
      const given: NodeJS.ProcessEnv = {
        PATH: process.env['PATH'],
        HOME: home,
        LANG: 'C.UTF-8',
        AWS_CONFIG_FILE: config === undefined ? '/dev/null' : '{home}/config',
        AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
        AWS_EC2_METADATA_DISABLED: 'true',
        AWS_REGION: 'us-east-1',
        AWS_ENDPOINT_URL: sts,
        ...env,
      };
      const whole = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, filled(value)]));
      const {said, code} = await (index % everyNth === 0 ? inProgram : here)(whole, options);
      const lines = said.split('\n').filter((line) => line.startsWith('!'));
      expect(lines).toEqual([`! Stopped: AWS could not be asked who is calling: ${filled(says)}`]);
      expect(said).not.toMatch(/canary|^\s+at /m);
      expect(code).toBe(exitCodes.failed);
    },
  );

  test('no two causes are told alike, but for a session that ended or never began', () => {
    const sayings = causes.map(({says}) => says);
    expect(new Set(sayings).size).toBe(sayings.length - 1);
  });
});
