import {mkdtempSync, writeFileSync} from 'node:fs';
import {createServer, type AddressInfo} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, expect, onTestFinished, test, vi} from 'vitest';
import type {ConnectionOptions} from '../../source/aws/connection/connection.ts';
import {findRunbook} from '../../source/runs/runbooks/find-runbook.ts';
import {accessFor} from '../../source/runs/aws-session.ts';
import {signIn} from './signed-in.ts';

afterEach(() => vi.unstubAllEnvs());

/** A server that takes every connection and never says a word. */
async function silentServer(): Promise<string> {
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    onTestFinished(() => void socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

interface Hanging {
  readonly what: string;
  readonly config?: string;
  readonly env?: (endpoint: string) => NodeJS.ProcessEnv;
  readonly options?: ConnectionOptions;
  /** What is named; undefined for a question, which names itself. */
  readonly named: string | undefined;
}

const arn = 'arn:aws:iam::123456789012:role/ops';
const serial = 'arn:aws:iam::123456789012:mfa/kim';
const keys = 'aws_access_key_id = AKIABASE\naws_secret_access_key = s\n';
const withRole = `[profile a]\nrole_arn = ${arn}\nsource_profile = base\n`;
const base = `[profile base]\n${keys}`;
const portal = 'sso_region = eu-west-1\nsso_start_url = https://x.awsapps.com/start\n';

const sources: readonly Hanging[] = [
  {what: 'STS, asked for a profile’s role', config: `${withRole}${base}`, named: `STS, for the role ${arn}`},
  {
    what: 'STS, asked for the role of --role-arn',
    config: `[profile a]\n${keys}`,
    options: {role: {arn}},
    named: `STS, for the role ${arn}`,
  },
  {
    what: 'STS, after the code of a profile’s MFA device',
    config: `${withRole}mfa_serial = ${serial}\n${base}`,
    options: {mfaCode: async () => '123456'},
    named: `STS, for the role ${arn}`,
  },
  {
    what: 'STS, after the code of --mfa-serial',
    config: `[profile a]\n${keys}`,
    options: {role: {arn, mfaSerial: serial}, mfaCode: async () => '123456'},
    named: `STS, for the role ${arn}`,
  },
  {
    what: 'STS, asked for a web identity',
    config: `[profile a]\nrole_arn = ${arn}\nweb_identity_token_file = ${import.meta.filename}\n`,
    named: `STS, for the web identity of ${arn}`,
  },
  {
    what: 'the portal of IAM Identity Center',
    config: `[profile a]\nsso_session = corp\nsso_account_id = 123456789012\nsso_role_name = r\n[sso-session corp]\n${portal}`,
    named: 'IAM Identity Center, for profile a',
  },
  {
    what: 'the metadata service of an instance',
    env: (endpoint) => ({AWS_EC2_METADATA_DISABLED: 'false', AWS_EC2_METADATA_SERVICE_ENDPOINT: endpoint}),
    named: 'the metadata service of this EC2 instance',
  },
  {
    what: 'the credentials endpoint of a container',
    env: (endpoint) => ({AWS_CONTAINER_CREDENTIALS_FULL_URI: `${endpoint}/keys`}),
    named: 'the credentials endpoint of this container',
  },
  {
    what: 'an operator who types no code',
    config: `[profile a]\n${keys}`,
    options: {role: {arn, mfaSerial: serial}, mfaCode: () => new Promise(() => {})},
    named: undefined,
  },
];

test.each(sources)(
  '$what: named after a second, and left by Ctrl-C',
  async ({config, env, options, named}) => {
    const endpoint = await silentServer();
    const home = mkdtempSync(join(tmpdir(), 'handrail-hanging-'));
    signIn(home, 'corp');
    writeFileSync(join(home, 'config'), config ?? '');
    const environment = {
      HOME: home,
      AWS_CONFIG_FILE: join(home, 'config'),
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_REGION: 'us-east-1',
      AWS_ENDPOINT_URL: endpoint,
      ...env?.(endpoint),
    };
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
    const stop = new AbortController();
    const said: (string | undefined)[] = [];
    const access = await accessFor(findRunbook('inspect-service-linked-role'), {
      ...(config === undefined ? {} : {profile: 'a'}),
      ...options,
      env: environment,
      interrupted: stop.signal,
      waiting: (what) => said.push(what),
    });
    const session = access.session(stop.signal).catch((error: unknown) => error);
    if (named === undefined) await new Promise((resolve) => setTimeout(resolve, 10));
    else await vi.waitFor(() => expect(said[0]).toContain(`Waiting for ${named}`), {timeout: 120_000});
    stop.abort('SIGINT');
    expect(await session).toMatchObject({message: expect.stringContaining('interrupted') as string});
    access.close();
  },
);
