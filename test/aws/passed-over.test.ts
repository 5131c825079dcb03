import {mkdtempSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, expect, test} from 'vitest';
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

let account: SimulatedAccount;
afterEach(() => account.close());

/** The first event of a run in an environment with keys and AWS_PROFILE, whose profile has this key. */
async function beginning(keyOfProfile: string): Promise<Event> {
  account = await simulatedAccount('clean');
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
    connection: {endpoint: account.simulator.endpoint, env},
    answers: yesToAll,
  };
  const {view} = await account.command((surroundings) => execute(order, surroundings));
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
    expect.stringContaining(`${words}keys from the environment come first; --profile prod changes that`),
  ]);
  expect(screen).toContain(words);
});

test('nothing is said when the profile has the same keys', async () => {
  const {log, screen} = await told(await beginning('AKIAENV'));
  expect(`${log}${screen}`).not.toContain('is not used');
});
