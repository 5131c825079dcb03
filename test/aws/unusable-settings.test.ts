import {execFileSync} from 'node:child_process';
import {mkdtempSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, describe, expect, onTestFinished, test, vi} from 'vitest';
import {awsPort} from '../../source/aws/call/aws-port.ts';
import {Connection} from '../../source/aws/connection/connection.ts';
import type {CallOutcome} from '../../source/engine/model/ports.ts';
import {startKeyRecorder} from './key-recorder.ts';

afterEach(() => vi.unstubAllEnvs());

interface Case {
  readonly what: string;
  readonly config?: string;
  readonly credentials?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** What `--profile` names. */
  readonly profile?: string;
}

const pair = (name: string): string =>
  `aws_access_key_id = AKIA${name}\naws_secret_access_key = secret-${name}\n`;
const sso = 'sso_account_id = 123456789012\nsso_role_name = r\n';
const role = (name: string): string => `role_arn = arn:aws:iam::123456789012:role/${name}\n`;

/** Nobody writes to it: who opens it waits for ever. */
function fifo(): string {
  const path = join(mkdtempSync(join(tmpdir(), 'handrail-fifo-')), 'config');
  execFileSync('mkfifo', [path]);
  return path;
}

/** A file of settings that is a link to this name beside it. */
function link(target: string): string {
  const path = join(mkdtempSync(join(tmpdir(), 'handrail-link-')), 'config');
  symlinkSync(target, path);
  return path;
}

function environmentOf({config = '', credentials = '', env = {}}: Case, endpoint: string): NodeJS.ProcessEnv {
  const folder = mkdtempSync(join(tmpdir(), 'handrail-cli-'));
  writeFileSync(join(folder, 'config'), config);
  writeFileSync(join(folder, 'credentials'), credentials);
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

describe('credentials that lead nowhere are named in a line, with the remedy', () => {
  const wrong: readonly (Case & {name: string; words: RegExp; remedy: RegExp})[] = [
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
      words: /there is no profile a .*; .*config is no regular file, and is not read;/,
      remedy: /list-profiles/,
    },
    {
      what: 'a profile in a folder',
      env: {AWS_CONFIG_FILE: tmpdir()},
      profile: 'a',
      name: 'NoSuchProfile',
      words: /there is no profile a .*; \S+ is a folder, and is not read;/,
      remedy: /list-profiles/,
    },
    {
      what: 'a profile in a file that cannot be read',
      env: {AWS_CONFIG_FILE: link('config')},
      profile: 'a',
      name: 'NoSuchProfile',
      words: /there is no profile a .*; \S+config cannot be read: ELOOP;/,
      remedy: /list-profiles/,
    },
    {
      what: 'a profile in a file that is elsewhere',
      env: {AWS_SHARED_CREDENTIALS_FILE: link('elsewhere')},
      profile: 'a',
      name: 'NoSuchProfile',
      words: /there is no profile a .*; \S+config is a link to a file that is not there$/,
      remedy: /list-profiles/,
    },
    {
      what: 'a profile in a file that AWS_CONFIG_FILE misspells',
      env: {AWS_CONFIG_FILE: '/no/config'},
      profile: 'a',
      name: 'NoSuchProfile',
      words: /there is no profile a .*; \/no\/config is not there;/,
      remedy: /list-profiles/,
    },
    {
      what: 'a profile in a picture',
      credentials: '\u0089PNG\r\n\u001A\n\0\0\0\rIHDR',
      profile: 'a',
      name: 'BadFile',
      words: /credentials is no text in UTF-8$/,
      remedy: /name another one; the AWS CLI refuses/,
    },
    {
      what: 'settings without a section',
      config: pair('ONE'),
      name: 'BadFile',
      words: /^line 1 of \S+config stands before any \[section\]$/,
      remedy: /such as \[default\]/,
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
    const outcome = await asked(environmentOf(one, recorder.endpoint), one.profile);
    expect(outcome).toMatchObject({ok: false, fault: {name}});
    const fault = outcome.ok ? undefined : outcome.fault;
    expect(fault?.message).toMatch(words);
    expect(fault?.message).not.toContain('\n');
    expect(fault?.remedy).toMatch(remedy);
    expect(recorder.signed).toEqual([]);
  });
});
