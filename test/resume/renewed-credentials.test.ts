import {mkdtempSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, expect, test} from 'vitest';
import type {Event} from '../../source/engine/model/events.ts';
import type {RunState} from '../../source/engine/model/state.ts';
import {inputValues} from '../../source/runbook/inputs.ts';
import {findRunbook} from '../../source/runs/runbooks/find-runbook.ts';
import {resume} from '../../source/runs/resume-run.ts';
import {execute} from '../../source/runs/start-run.ts';
import {standstill} from '../../source/wording/blocked-help.ts';
import {lineText} from '../../source/text/line.ts';
import {
  simulatedAccount,
  yesToAll,
  type Outcome,
  type Published,
  type SimulatedAccount,
} from '../support/simulated-account.ts';
import {twoRegions} from './one-region.ts';

let account: SimulatedAccount;
afterEach(() => account.close());

const keys = (id: string) => ({accessKeyId: id, secretAccessKey: `secret-${id}`});
const [old, fresh] = [keys('AKIAOLD'), keys('AKIANEW')];

/** An account that knows the old key; `revoke` puts the new one in its place. */
async function strictAccount(): Promise<{revoke: () => void}> {
  const known: Record<string, typeof old> = {[old.accessKeyId]: old};
  account = await simulatedAccount(twoRegions(), {strict: {keys: known}});
  return {
    revoke: () => {
      delete known[old.accessKeyId];
      known[fresh.accessKeyId] = fresh;
    },
  };
}

async function removal(env: NodeJS.ProcessEnv, published: Published): Promise<Outcome> {
  const loaded = findRunbook('delete-service-linked-role');
  const order = {
    loaded,
    inputs: inputValues(loaded.runbook, []),
    mode: 'live' as const,
    simulation: false,
    regions: [],
    connection: {endpoint: account.simulator.endpoint, env},
    answers: yesToAll,
  };
  return account.command((surroundings) => execute(order, surroundings), published);
}

const is = (events: readonly Event[], type: Event['type']): boolean =>
  events.some((event) => event.type === type);

test('a rewritten ~/.aws/credentials is taken up while the run is paused', async () => {
  const {revoke} = await strictAccount();
  const file = join(mkdtempSync(join(tmpdir(), 'handrail-renewed-')), 'credentials');
  const write = ({accessKeyId, secretAccessKey}: typeof old): void =>
    writeFileSync(
      file,
      `[saml]\nregion = us-east-1\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`,
    );
  write(old);
  const env = {AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: file, AWS_PROFILE: 'saml'};
  const {exitCode, view} = await removal(env, (_state, events) => {
    if (is(events, 'run-started')) revoke();
    if (is(events, 'paused')) write(fresh);
  });
  expect(exitCode).toBe(0);
  expect(view.events.filter(({type}) => type === 'paused')).toHaveLength(1);
  expect(view.events.filter(({type}) => type === 'continued')).toMatchObject([{by: 'new credentials'}]);
  expect(view.events.filter(({type}) => type === 'item-failed')).toEqual([]);
});

test('keys of the environment cannot change: the run says to stop, export and resume, and promises nothing', async () => {
  const {revoke} = await strictAccount();
  const env = {
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: old.accessKeyId,
    AWS_SECRET_ACCESS_KEY: old.secretAccessKey,
  };
  const failed = await removal(env, (_state, events) => {
    if (is(events, 'run-started')) revoke();
  });
  expect(failed.exitCode).toBe(1);
  expect(is(failed.view.events, 'paused')).toBe(false);
  const {state} = failed.closing;
  const fault = [state.account, ...state.lanes].flatMap((lane) => lane.fault ?? [])[0];
  expect(fault).toMatchObject({
    kind: 'credentials',
    renewable: false,
    remedy: expect.stringContaining('export new ones, then handrail resume') as string,
  });
  const {ended: _ended, ...going} = state;
  const paused: RunState = {
    ...going,
    paused: {why: 'credentials', at: state.now, ...(fault === undefined ? {} : {fault})},
  };
  const said = (standstill(paused, 80) ?? []).map(lineText).join(' ').replaceAll(/\s+/g, ' ');
  expect(said).toContain(`export new ones, then handrail resume ${state.started?.run}.`);
  expect(said).not.toContain('noticed');

  const order = {
    file: failed.closing.journal ?? '',
    connection: {
      endpoint: account.simulator.endpoint,
      env: {...env, AWS_ACCESS_KEY_ID: fresh.accessKeyId, AWS_SECRET_ACCESS_KEY: fresh.secretAccessKey},
    },
    answers: yesToAll,
  };
  expect(await account.command((surroundings) => resume(order, surroundings))).toMatchObject({exitCode: 0});
});
