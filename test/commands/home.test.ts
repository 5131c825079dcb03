import {mkdtempSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, describe, expect, it} from 'vitest';
import {entriesReader} from '../../source/commands/home/home-entries.ts';
import {whoseAccount} from '../../source/commands/home/whose-account.ts';
import {lockJournal} from '../../source/journal/lock.ts';
import {findRun} from '../../source/journal/find-run.ts';
import {loadScenario} from '../../source/simulator/scenario/load.ts';
import {startSimulator, type Simulator} from '../../source/simulator/server.ts';
import {simulatedRun} from '../support/simulated-run.ts';

let simulator: Simulator | undefined;
afterEach(async () => {
  await simulator?.close();
  simulator = undefined;
});

const folder = mkdtempSync(join(tmpdir(), 'handrail-home-'));
const nowhere = {
  HOME: folder,
  AWS_CONFIG_FILE: join(folder, 'none'),
  AWS_SHARED_CREDENTIALS_FILE: join(folder, 'none'),
  AWS_EC2_METADATA_DISABLED: 'true',
};
const calm = (): AbortSignal => new AbortController().signal;

/** A configuration file with these lines. */
function configured(text: string): NodeJS.ProcessEnv {
  const file = join(mkdtempSync(join(tmpdir(), 'handrail-home-')), 'config');
  writeFileSync(file, text);
  return {...nowhere, AWS_CONFIG_FILE: file};
}

describe('the account at home', () => {
  it('is the one that STS names, with its alias, the caller, the profile and a foreign endpoint', async () => {
    simulator = await startSimulator(loadScenario('clean'));
    const env = {
      ...configured('[profile prod]\nregion = us-east-1\naws_access_key_id = a\naws_secret_access_key = b\n'),
      AWS_PROFILE: 'prod',
      AWS_ENDPOINT_URL: simulator.endpoint,
    };
    expect(await whoseAccount(env, calm())).toEqual({
      kind: 'known',
      account: '123456789012',
      parts: [
        '123456789012 prod-images',
        'ops/kim',
        'profile prod',
        simulator.endpoint.replace('http://', ''),
      ],
    });
  });

  it('is a quiet line without credentials, and asks nothing of a program or a person', async () => {
    expect(await whoseAccount(nowhere, calm())).toEqual({
      kind: 'nobody',
      why: 'No credentials for AWS were found here. The demo needs none.',
    });
    const program = configured('[default]\ncredential_process = touch /never\n');
    expect(await whoseAccount(program, calm())).toEqual({
      kind: 'nobody',
      why: 'Profile default gets its credentials from a program: a run starts it.',
    });
    const mfa =
      '[default]\nrole_arn = arn:aws:iam::123456789012:role/ops\nsource_profile = base\nmfa_serial = x\n';
    expect(await whoseAccount(configured(`${mfa}[profile base]\n`), calm())).toMatchObject({
      why: 'Profile default wants an MFA code: a run asks for it when it starts.',
    });
  });

  it('says what is wrong with settings and credentials', async () => {
    expect(await whoseAccount({...nowhere, AWS_PROFILE: 'prd'}, calm())).toMatchObject({
      kind: 'nobody',
      trouble: true,
      why: `there is no profile prd in the AWS configuration; ${nowhere.AWS_CONFIG_FILE} is not there`,
    });
  });
});

describe('the choices at home', () => {
  it('begin with runbooks that only read, and know which inputs are needed', async () => {
    const entries = await entriesReader({XDG_STATE_HOME: folder})(Date.now());
    const runbooks = entries.filter(({section}) => section === 'Runbooks');
    expect(runbooks[0]?.name).toBe('inspect-service-linked-role');
    const edit = runbooks.find(({name}) => name === 'edit-role-description');
    const description = edit?.fields?.find(({name}) => name === 'description');
    expect(description).toMatchObject({name: 'description'});
    expect(description?.initial).toBeUndefined();
    const builds = runbooks
      .find(({name}) => name === 'delete-service-linked-role')
      ?.fields?.find(({name}) => name === 'builds');
    expect(builds).toMatchObject({initial: 'cancel', choices: ['cancel', 'wait'], closed: true});
    expect(builds?.problem('later')).toBe('input builds is one of cancel, wait, not later');
  });

  it('name first what another process works on, with its account and step', async () => {
    const {stateHome} = await simulatedRun({
      published: ({question}, _events, stop) => void (question !== undefined && stop()),
    });
    const env = {XDG_STATE_HOME: stateHome};
    const read = entriesReader(env);
    expect((await read(Date.now()))[0]?.section).toBe('Runbooks');
    const lock = await lockJournal(findRun('latest', env), Date.now());
    const [first] = await read(Date.now());
    lock.release();
    expect(first).toMatchObject({section: 'Running elsewhere', working: {account: '123456789012'}});
    expect(first?.argv[0]).toBe('watch');
    expect(first?.working?.at).toMatch(/^(interrupted at )?step \d+ of \d+$/);
  });
});
