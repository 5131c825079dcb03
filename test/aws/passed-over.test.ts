import {mkdtempSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, describe, expect, onTestFinished, test} from 'vitest';
import {Connection} from '../../source/aws/connection/connection.ts';
import {evolve, initialState} from '../../source/engine/evolve/evolve.ts';
import type {Event} from '../../source/engine/model/events.ts';
import {inputValues} from '../../source/runbook/inputs.ts';
import {findRunbook} from '../../source/runs/runbooks/find-runbook.ts';
import {execute} from '../../source/runs/start-run.ts';
import {createPlain} from '../../source/ui/plain/plain-view.ts';
import {createScreen} from '../../source/ui/run/run-view.tsx';
import type {View} from '../../source/ui/view.ts';
import {simulatedAccount, yesToAll, type SimulatedAccount} from '../support/simulated-account.ts';
import {hastyClock, Terminal} from '../ui/terminal.ts';
import {startKeyRecorder} from './key-recorder.ts';

let account: SimulatedAccount | undefined;
afterEach(async () => {
  await account?.close();
  account = undefined;
});

/** The first event of a run in an environment with keys and AWS_PROFILE, whose profile has this key. */
async function beginning(keyOfProfile: string): Promise<Event> {
  const made = await simulatedAccount('clean');
  account = made;
  const file = join(mkdtempSync(join(tmpdir(), 'handrail-passed-')), 'credentials');
  writeFileSync(file, `[prod]\naws_access_key_id = ${keyOfProfile}\naws_secret_access_key = s\n`);
  const env = {
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: file,
    AWS_PROFILE: 'prod',
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'AKIAENV',
    AWS_SECRET_ACCESS_KEY: 's',
  };
  const loaded = findRunbook('inspect-service-linked-role');
  const order = {
    loaded,
    inputs: inputValues(loaded.runbook, []),
    mode: 'live' as const,
    simulation: false,
    regions: ['us-east-1'],
    connection: {endpoint: made.simulator.endpoint, env},
    answers: yesToAll,
  };
  const {view} = await made.command((surroundings) => execute(order, surroundings));
  const first = view.events.find(({type}) => type === 'run-started');
  if (first === undefined) throw new Error('the run never began');
  return first;
}

function publish(view: View, event: Event): void {
  view.publish(evolve(initialState, event), [event]);
}

/** What a log and a screen say of a run that begins so. */
async function told(event: Event): Promise<{readonly log: string; readonly screen: string}> {
  let log = '';
  const plain = createPlain({write: (text) => (log += text), now: () => event.at});
  publish(plain, event);
  const terminal = new Terminal(120, 30);
  const {stdout, stdin} = terminal;
  const screen = createScreen({
    stdout,
    stdin,
    clock: hastyClock,
    onInterrupt: () => {},
    now: () => event.at,
    env: {LANG: 'C.UTF-8'},
  });
  publish(screen, event);
  await terminal.shows('Inspect the Image Builder');
  const shown = terminal.text;
  for (const view of [plain, screen]) await view.close({state: evolve(initialState, event)});
  return {log, screen: shown};
}

const words = 'profile prod is not used: ';

test('a log and the screen say in one line that keys of the environment outrank the profile', async () => {
  const {log, screen} = await told(await beginning('AKIAPROD'));
  expect(log.split('\n').filter((line) => line.includes(words))).toEqual([
    expect.stringContaining(
      `${words}the keys in the environment sign, not its own keys; they come before AWS_PROFILE, and --profile prod changes that`,
    ),
  ]);
  expect(screen).toContain(words);
});

test('nothing is said when the profile has the same keys', async () => {
  const {log, screen} = await told(await beginning('AKIAENV'));
  expect(`${log}${screen}`).not.toContain(words);
});

const role = 'role_arn = arn:aws:iam::123456789012:role/ops\n';
const sso = 'sso_account_id = 123456789012\nsso_role_name = r\n';
const whole = 'sso_region = eu-west-1\nsso_start_url = https://x.awsapps.com/start\n';
const keysOfEnvironment = {AWS_ACCESS_KEY_ID: 'AKIAENV', AWS_SECRET_ACCESS_KEY: 'canary-of-the-environment'};
const identity = {AWS_WEB_IDENTITY_TOKEN_FILE: '/dev/null/none', AWS_ROLE_ARN: 'arn:aws:iam::1:role/pod'};

/** Profiles of every kind, and how the note calls them. */
const kinds: readonly (readonly [string, string])[] = [
  ['aws_access_key_id = AKIAPROD\naws_secret_access_key = canary-of-the-profile\n', 'its own keys'],
  [`${role}source_profile = base\n`, 'its role'],
  [`${role}credential_source = Ec2InstanceMetadata\n`, 'its role'],
  [`${role}source_profile = prod\naws_access_key_id = AKIAENV\naws_secret_access_key = s\n`, 'its role'],
  [`${role}web_identity_token_file = /none\n`, 'its web identity'],
  [`sso_session = corp\n${sso}[sso-session corp]\n${whole}`, 'its IAM Identity Center role'],
  [`${sso}${whole}`, 'its IAM Identity Center role'],
  ['login_session = arn:aws:iam::123456789012:user/kim\n', 'its sign-in with aws login'],
  ['credential_process = echo canary-of-a-process\n', 'its credential_process'],
];

/** The notes of a connection that has looked for keys. */
async function notesOf(profile: string, env: NodeJS.ProcessEnv, named?: string): Promise<readonly string[]> {
  const recorder = await startKeyRecorder();
  const folder = mkdtempSync(join(tmpdir(), 'handrail-passed-'));
  const [file, token] = [join(folder, 'config'), join(folder, 'token')];
  writeFileSync(
    file,
    `[profile base]\naws_access_key_id = B\naws_secret_access_key = s\n[profile prod]\n${profile}`,
  );
  writeFileSync(token, 'canary-of-a-token');
  const given = {
    AWS_CONFIG_FILE: file,
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_REGION: 'us-east-1',
    AWS_ENDPOINT_URL: recorder.endpoint,
    ...env,
  };
  const withToken = 'AWS_WEB_IDENTITY_TOKEN_FILE' in env ? {AWS_WEB_IDENTITY_TOKEN_FILE: token} : {};
  const connection = new Connection({
    env: {...given, ...withToken},
    ...(named === undefined ? {} : {profile: named}),
  });
  onTestFinished(() => connection.close());
  await connection.keys();
  expect(JSON.stringify(connection.notes)).not.toContain('canary');
  return connection.notes;
}

describe('who signs and who was passed over, for a profile of each kind', () => {
  test.each(kinds)('%s', async (profile, kind) => {
    const env = {...keysOfEnvironment, AWS_PROFILE: 'prod'};
    expect(await notesOf(profile, env)).toEqual([
      `${words}the keys in the environment sign, not ${kind}; they come before AWS_PROFILE, and --profile prod changes that`,
    ]);
  });

  test.each(kinds.filter(([profile]) => !profile.includes('role_arn')))(
    'web identity of the environment and %s',
    async (profile, kind) => {
      expect(await notesOf(profile, {...identity, AWS_PROFILE: 'prod'})).toEqual([
        `${words}the web identity in the environment signs, not ${kind}; it comes before AWS_PROFILE, and --profile prod changes that`,
      ]);
    },
  );

  test('a role of the profile comes before web identity of the environment', async () => {
    const env = {...identity, AWS_PROFILE: 'prod'};
    expect(await notesOf(`${role}source_profile = base\n`, env)).toEqual([
      'the web identity in the environment is not used: the role of profile prod signs; it comes first, and unset AWS_PROFILE changes that',
    ]);
  });

  test('nothing is said of a profile with settings alone, and of one that was named', async () => {
    const own = 'aws_access_key_id = AKIAPROD\naws_secret_access_key = s\n';
    const env = {...keysOfEnvironment, AWS_PROFILE: 'prod'};
    expect(await notesOf('region = eu-west-1\n', env)).toEqual([]);
    expect(await notesOf(own, env, 'prod')).toEqual([]);
    expect(await notesOf(own, keysOfEnvironment)).toEqual([]);
  });
});
