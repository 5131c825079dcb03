import {execFile, execFileSync} from 'node:child_process';
import {existsSync, mkdtempSync, readFileSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {delimiter, join} from 'node:path';
import {promisify} from 'node:util';
import {afterEach, describe, expect, onTestFinished, test, vi} from 'vitest';
import {awsPort} from '../../source/aws/call/aws-port.ts';
import {Connection} from '../../source/aws/connection/connection.ts';
import type {CallOutcome} from '../../source/engine/model/ports.ts';
import {startKeyRecorder} from './key-recorder.ts';
import {signIn} from './signed-in.ts';

afterEach(() => vi.unstubAllEnvs());

interface Case {
  readonly what: string;
  readonly config?: string;
  readonly credentials?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** The sso-session that somebody is signed in to. */
  readonly signedIn?: string;
  /** What `--profile` names. */
  readonly profile?: string;
  /** The key that signs GetCallerIdentity. */
  readonly key: string;
  /** The Region that it is signed for; us-east-1 when left out. */
  readonly region?: string;
  /** Version 1 of the CLI does not do this, and is not asked. */
  readonly sinceVersion2?: true;
}

const pair = (name: string): string =>
  `aws_access_key_id = AKIA${name}\naws_secret_access_key = secret-${name}\n`;
const inEnvironment = {AWS_ACCESS_KEY_ID: 'AKIAENV', AWS_SECRET_ACCESS_KEY: 'secret-env'};
const sso = 'sso_account_id = 123456789012\nsso_role_name = r\n';
const noRegion = {AWS_REGION: undefined, AWS_DEFAULT_REGION: undefined};
const printing = (key: string): string =>
  `echo '{"Version": 1, "AccessKeyId": "${key}", "SecretAccessKey": "s # not a remark"}'`;
const role = (name: string): string => `role_arn = arn:aws:iam::123456789012:role/${name}\n`;

const cases: readonly Case[] = [
  {what: 'the default profile', credentials: `[default]\n${pair('ONE')}`, key: 'AKIAONE'},
  {
    what: 'keys of the environment before AWS_PROFILE',
    credentials: `[p1]\n${pair('ONE')}`,
    env: {...inEnvironment, AWS_PROFILE: 'p1'},
    key: 'AKIAENV',
  },
  {
    what: '--profile before keys of the environment',
    credentials: `[p1]\n${pair('ONE')}`,
    env: inEnvironment,
    profile: 'p1',
    key: 'AKIAONE',
  },
  {
    what: 'AWS_PROFILE where only half a pair of keys would be in the environment: none',
    credentials: `[p1]\n${pair('ONE')}`,
    env: {AWS_PROFILE: 'p1', AWS_SECRET_ACCESS_KEY: 'secret-env'},
    key: 'AKIAONE',
  },
  {
    what: 'text after a section’s ]',
    credentials: `[p1] ; the first\n${pair('ONE')}[p2] # the second\n${pair('TWO')}[p3]x\n${pair('THREE')}`,
    profile: 'p1',
    key: 'AKIAONE',
  },
  {
    what: 'text after a section’s ], the last one',
    credentials: `[p1]\n${pair('ONE')}[p3]x\n${pair('THREE')}`,
    profile: 'p3',
    key: 'AKIATHREE',
  },
  {
    what: 'a quoted profile’s name with a space',
    config: `[profile "my prod"]\n${pair('ONE')}`,
    profile: 'my prod',
    key: 'AKIAONE',
  },
  {
    what: 'a name with a space in the credentials file',
    credentials: `[my prod]\n${pair('ONE')}`,
    profile: 'my prod',
    key: 'AKIAONE',
  },
  {
    what: 'names in capitals, and colons',
    credentials: '[p1]\nAWS_ACCESS_KEY_ID: AKIAONE\nAWS_Secret_Access_Key: s\n',
    profile: 'p1',
    key: 'AKIAONE',
  },
  {
    what: 'the credentials file before the config file',
    config: `[profile p1]\n${pair('CONFIG')}`,
    credentials: `[p1]\n${pair('ONE')}`,
    profile: 'p1',
    key: 'AKIAONE',
  },
  {
    what: 'the credentials file before a process',
    config: `[profile p1]\ncredential_process = ${printing('AKIAPROCESS')}\n`,
    credentials: `[p1]\n${pair('ONE')}`,
    profile: 'p1',
    key: 'AKIAONE',
  },
  {
    what: 'a process before keys of the config file; a # is none of ours',
    config: `[profile p1]\ncredential_process = ${printing('AKIAPROCESS')}\n${pair('CONFIG')}`,
    profile: 'p1',
    key: 'AKIAPROCESS',
  },
  {
    what: 'a role before keys of the same profile',
    config: `[profile p1]\n${role('ops')}source_profile = base\n[profile base]\n`,
    credentials: `[base]\n${pair('BASE')}[p1]\n${pair('ONE')}`,
    profile: 'p1',
    key: 'ASIAOPS',
  },
  {
    what: 'a profile that is its own source',
    config: `[profile p1]\n${role('ops')}source_profile = p1\n${pair('ONE')}`,
    profile: 'p1',
    key: 'ASIAOPS',
  },
  {
    what: 'roles on roles',
    config: `[profile a]\n${role('first')}source_profile = b\n[profile b]\n${role('second')}source_profile = c\n[profile c]\n${pair('BASE')}`,
    profile: 'a',
    key: 'ASIAFIRST',
  },
  {
    what: 'a role over keys of the environment',
    config: `[profile a]\n${role('first')}credential_source = Environment\n`,
    env: inEnvironment,
    profile: 'a',
    key: 'ASIAFIRST',
  },
  {
    what: '[default] of the config file',
    config: `[default]\n${pair('ONE')}`,
    key: 'AKIAONE',
  },
  {
    what: 'an sso-session whose name has a space',
    config: `[profile a]\nsso_session = my corp\n${sso}[sso-session "my corp"]\nsso_region = eu-west-1\nsso_start_url = https://x.awsapps.com/start\n`,
    signedIn: 'my corp',
    profile: 'a',
    key: 'ASIAPORTAL',
  },
  {
    what: 'a FIFO for a config file: it is passed over',
    credentials: `[default]\n${pair('ONE')}`,
    env: {AWS_CONFIG_FILE: fifo()},
    key: 'AKIAONE',
  },
  {
    what: 'the Region of this instance, where no setting names one',
    credentials: `[default]\n${pair('ONE')}`,
    env: {...noRegion, AWS_EC2_METADATA_DISABLED: 'false'},
    key: 'AKIAONE',
    region: 'ap-southeast-7',
    sinceVersion2: true,
  },
  {
    what: 'the Region of the profile before that of this instance',
    credentials: `[default]\nregion = eu-west-1\n${pair('ONE')}`,
    env: {...noRegion, AWS_EC2_METADATA_DISABLED: 'false'},
    key: 'AKIAONE',
    region: 'eu-west-1',
  },
];

/** Nobody writes to it: who opens it waits for ever. */
function fifo(): string {
  const path = join(mkdtempSync(join(tmpdir(), 'handrail-fifo-')), 'config');
  execFileSync('mkfifo', [path]);
  return path;
}

function environmentOf(
  {config = '', credentials = '', env = {}, signedIn}: Case,
  endpoint: string,
): NodeJS.ProcessEnv {
  const folder = mkdtempSync(join(tmpdir(), 'handrail-cli-'));
  writeFileSync(join(folder, 'config'), config);
  writeFileSync(join(folder, 'credentials'), credentials);
  if (signedIn !== undefined) signIn(folder, signedIn);
  return {
    PATH: process.env['PATH'],
    HOME: folder,
    AWS_CONFIG_FILE: join(folder, 'config'),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'),
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_EC2_METADATA_SERVICE_ENDPOINT: endpoint,
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: 'us-east-1',
    AWS_DEFAULT_REGION: 'us-east-1',
    ...env,
  };
}

async function asked(env: NodeJS.ProcessEnv, profile: string | undefined): Promise<CallOutcome> {
  for (const name of ['AWS_PROFILE', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'])
    vi.stubEnv(name, env[name]);
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  const connection = new Connection({env, ...(profile === undefined ? {} : {profile})});
  onTestFinished(() => connection.close());
  const request = {operation: 'sts:GetCallerIdentity', input: {}};
  return awsPort(connection).call(request, new AbortController().signal);
}

const signature = ({key, region = 'us-east-1'}: Case) => ({key: `${key} GetCallerIdentity`, region});

describe('the key that signs is that of the AWS CLI', () => {
  test.each(cases)('$what', async (one) => {
    const {endpoint, signed, regions} = await startKeyRecorder();
    expect(await asked(environmentOf(one, endpoint), one.profile)).toMatchObject({ok: true});
    expect({key: signed.at(-1), region: regions.at(-1)}).toEqual(signature(one));
  });

  test('in every one of these cases, where the CLI is on the path', {timeout: 120_000}, async () => {
    const python = pythonOfCli();
    if (python === undefined) return;
    const {endpoint, signed, regions} = await startKeyRecorder();
    const version = String(execFileSync(python, ['-c', 'import awscli; print(awscli.__version__)']));
    const known = cases.filter(({sinceVersion2}) => sinceVersion2 !== true || !version.startsWith('1.'));
    const asks = known.map((one) => ({
      env: environmentOf(one, endpoint),
      args: ['sts', 'get-caller-identity', ...(one.profile === undefined ? [] : ['--profile', one.profile])],
    }));
    const started = promisify(execFile)(python, ['-c', cliForEachCase]);
    started.child.stdin?.end(JSON.stringify(asks));
    await started;
    const final = signed.flatMap((key, index) => (key.endsWith(' GetCallerIdentity') ? [index] : []));
    expect(final.map((index) => ({key: signed[index], region: regions[index]}))).toEqual(
      known.map(signature),
    );
  });
});

/** Asks the CLI in a process for each case: it keeps HOME and the place of its tables from its import on. */
const cliForEachCase = `
import json, os, sys
for one in json.load(sys.stdin):
    child = os.fork()
    if child == 0:
        os.environ.clear()
        os.environ.update(one['env'])
        from awscli.clidriver import create_clidriver
        os._exit(create_clidriver().main(one['args']))
    _, status = os.waitpid(child, 0)
    if status != 0:
        sys.exit(f"{one['args']} with {one['env']} ended with {status}")
`;

describe('credentials that lead nowhere are named in a line, with the remedy', () => {
  const wrong: readonly (Omit<Case, 'key'> & {name: string; words: RegExp; remedy: RegExp})[] = [
    {
      what: 'profiles that take their roles from each other',
      config: `[profile a]\n${role('x')}source_profile = b\n[profile b]\n${role('y')}source_profile = a\n`,
      profile: 'a',
      name: 'SourceProfileLoop',
      words: /in a circle: a → b → a/,
      remedy: /correct the profile/,
    },
    {
      what: 'a profile that is its own source and has no keys',
      config: `[profile a]\n${role('x')}source_profile = a\n`,
      profile: 'a',
      name: 'SourceProfileLoop',
      words: /a → a/,
      remedy: /correct the profile/,
    },
    {
      what: 'a source that is not there',
      config: `[profile a]\n${role('x')}source_profile = gone\n`,
      profile: 'a',
      name: 'IncompleteProfile',
      words: /a names source_profile gone, and there is no such profile/,
      remedy: /correct the profile/,
    },
    {
      what: 'a role from nowhere',
      config: `[profile a]\n${role('x')}`,
      profile: 'a',
      name: 'IncompleteProfile',
      words: /role_arn without source_profile/,
      remedy: /correct the profile/,
    },
    {
      what: 'a process that fails',
      config: '[profile a]\ncredential_process = echo starting >&2; echo "no YubiKey" >&2; exit 3\n',
      profile: 'a',
      name: 'CredentialProcessFailed',
      words: /^credential_process of profile a ended with exit code 3: no YubiKey$/,
      remedy: /run that command by itself/,
    },
    {
      what: 'a process that is not there',
      config: '[profile a]\ncredential_process = /does/not/exist\n',
      profile: 'a',
      name: 'CredentialProcessFailed',
      words: /exit code 127: .*not found/,
      remedy: /run that command by itself/,
    },
    {
      what: 'a process that prints something else',
      config: '[profile a]\ncredential_process = echo "Welcome to the vault"\n',
      profile: 'a',
      name: 'CredentialProcessFailed',
      words: /printed something that is not JSON/,
      remedy: /run that command by itself/,
    },
    {
      what: 'a process that prints nothing',
      config: '[profile a]\ncredential_process = true\n',
      profile: 'a',
      name: 'CredentialProcessFailed',
      words: /printed nothing/,
      remedy: /run that command by itself/,
    },
    {
      what: 'a process whose keys have ended',
      config:
        '[profile a]\ncredential_process = echo \'{"Version":1,"AccessKeyId":"A","SecretAccessKey":"s","Expiration":"2020-01-01T00:00:00Z"}\'\n',
      profile: 'a',
      name: 'CredentialProcessFailed',
      words: /credentials that ended at 2020-01-01/,
      remedy: /run that command by itself/,
    },
    {
      what: 'a process of another version',
      config: '[profile a]\ncredential_process = echo \'{"Version":2}\'\n',
      profile: 'a',
      name: 'CredentialProcessFailed',
      words: /Version 2/,
      remedy: /run that command by itself/,
    },
    {
      what: 'an sso-session that is not there',
      config: `[profile a]\nsso_session = corp\n${sso}`,
      profile: 'a',
      name: 'IncompleteProfile',
      words: /profile a names sso_session corp/,
      remedy: /aws configure sso/,
    },
    {
      what: 'an sso-session with a space, and nobody signed in',
      config: `[profile a]\nsso_session = my corp\n${sso}[sso-session "my corp"]\nsso_region = eu-west-1\nsso_start_url = https://x.awsapps.com/start\n`,
      profile: 'a',
      name: 'SignInNeeded',
      words: /session of profile a has ended, or never began/,
      remedy: /^sign in: aws sso login --profile a$/,
    },
    {
      what: 'an sso-session without its Region',
      config: `[profile a]\nsso_session = corp\n${sso}[sso-session corp]\nsso_start_url = https://x.awsapps.com/start\n`,
      profile: 'a',
      name: 'IncompleteProfile',
      words: /profile a lacks sso_region/,
      remedy: /aws configure sso/,
    },
    {
      what: 'names that are no names of keys',
      credentials: '[a]\naws_access_key = AKIA\naws_secret_key = s\n',
      profile: 'a',
      name: 'CredentialsProviderError',
      words:
        /profile a has no credentials; it holds aws_access_key and aws_secret_key; the names are aws_access_key_id /,
      remedy: /--profile/,
    },
    {
      what: 'half a pair of keys',
      credentials: '[a]\naws_access_key_id = AKIA\n',
      profile: 'a',
      name: 'IncompleteProfile',
      words: /aws_secret_access_key is missing/,
      remedy: /correct the profile/,
    },
    {
      what: 'half a pair of keys in the environment',
      env: {AWS_ACCESS_KEY_ID: 'AKIA'},
      name: 'IncompleteKeys',
      words: /AWS_SECRET_ACCESS_KEY is not/,
      remedy: /export both/,
    },
    {
      what: 'a web identity token that is not there',
      env: {AWS_WEB_IDENTITY_TOKEN_FILE: '/no/token', AWS_ROLE_ARN: 'arn:aws:iam::123456789012:role/pod'},
      name: 'NoTokenFile',
      words: /token file \/no\/token \(AWS_WEB_IDENTITY_TOKEN_FILE\) cannot be read: ENOENT/,
      remedy: /identity provider/,
    },
    {
      what: 'a section that is there twice',
      config: `[profile a]\n${pair('ONE')}\n[profile b]\n[profile a]\n${pair('TWO')}`,
      profile: 'a',
      name: 'RepeatedSetting',
      words: /config holds the section \[profile a\] twice, in lines 1 and 6$/,
      remedy: /take one of them away/,
    },
    {
      what: 'a setting that is there twice',
      credentials: `[a]\n${pair('ONE')}AWS_ACCESS_KEY_ID = AKIATWO\n`,
      profile: 'a',
      name: 'RepeatedSetting',
      words: /credentials holds aws_access_key_id in \[a\] twice, in lines 2 and 4$/,
      remedy: /take one of them away/,
    },
    {
      what: 'a profile in a FIFO',
      env: {AWS_CONFIG_FILE: fifo()},
      profile: 'a',
      name: 'NoSuchProfile',
      words: /there is no profile a .*; .*config is no regular file, and is not read$/,
      remedy: /list-profiles/,
    },
    {
      what: 'a Region in quotes',
      config: `[profile a]\nregion = "eu-west-1"\n${pair('ONE')}`,
      env: {AWS_REGION: '', AWS_DEFAULT_REGION: ''},
      profile: 'a',
      name: 'BadRegion',
      words: /region of profile a is "eu-west-1", which is no name of a Region/,
      remedy: /without quotes/,
    },
  ];
  test.each(wrong)('$what', async ({name, words, remedy, ...one}) => {
    const recorder = await startKeyRecorder();
    const outcome = await asked(environmentOf({...one, key: ''}, recorder.endpoint), one.profile);
    expect(outcome).toMatchObject({ok: false, fault: {name}});
    const fault = outcome.ok ? undefined : outcome.fault;
    expect(fault?.message).toMatch(words);
    expect(fault?.message).not.toContain('\n');
    expect(fault?.remedy).toMatch(remedy);
    expect(recorder.signed).toEqual([]);
  });
});

/** The Python that the AWS CLI of this host runs in; undefined when there is none, or it brings one along unseen. */
function pythonOfCli(): string | undefined {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const file = join(folder, 'aws');
    const python = existsSync(file) ? pythonOf(readFileSync(file, 'utf8')) : undefined;
    if (python !== undefined) return python;
  }
  return undefined;
}

function pythonOf(script: string): string | undefined {
  const inside = /^#!(\S*python\S*)/.exec(script)?.[1];
  // A shim of pyenv starts the `aws` of the version that is in use.
  const pyenv = /^exec "(\S+\/pyenv)" exec /m.exec(script)?.[1];
  if (inside !== undefined || pyenv === undefined) return inside;
  return pythonOf(readFileSync(String(execFileSync(pyenv, ['which', 'aws'])).trim(), 'utf8'));
}
