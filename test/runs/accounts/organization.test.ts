import {mkdtempSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {chosenAccounts} from '../../../source/runs/accounts/chosen-accounts.ts';
import type {AccountFilters} from '../../../source/runs/accounts/choose-accounts.ts';
import {simulatedCredentials} from '../../../source/runs/simulated-credentials.ts';
import {loadScenario} from '../../../source/simulator/scenario/load.ts';
import {startSimulator, type SimulatorOptions} from '../../../source/simulator/server.ts';

const many = loadScenario(new URL('../../simulator/organization.yaml', import.meta.url).pathname);
const alone = loadScenario('no-role');

async function asked(
  filters: Partial<AccountFilters> = {},
  {
    source = 'org',
    scenario = many,
    ...options
  }: SimulatorOptions & {source?: string; scenario?: typeof many} = {},
) {
  const simulator = await startSimulator(scenario, options);
  onTestFinished(() => simulator.close());
  const connection = {endpoint: simulator.endpoint, credentials: simulatedCredentials};
  const {signal} = new AbortController();
  const all = {ous: [], tags: [], only: [], exclude: [], ...filters};
  const chosen = await chosenAccounts(source, all, {connection, env: {}, signal});
  return {...chosen, requests: simulator.requests};
}

test('an organization: 500 accounts of nested units with their tags, the others left alone with why', async () => {
  const {accounts, skipped, requests} = await asked();
  expect(accounts).toHaveLength(505);
  expect(accounts[0]).toEqual({
    id: '012345678901',
    name: 'leading-zero',
    ou: 'Workloads/Prod',
    tags: {stage: 'prod', tier: 'gold'},
  });
  expect(skipped.map(({account, why}) => [account.name, why])).toEqual([
    ['test-images', 'the management account; --only 123456789012 takes it'],
    ['suspended', 'SUSPENDED'],
    ['closed', 'CLOSED'],
  ]);
  const changing = requests.filter(({operation}) => !/^(List|Describe|Get)/.test(operation));
  expect(changing).toEqual([]);
});

test('the filters hold for units and tags of the organization', async () => {
  const {accounts} = await asked({ous: ['Workloads'], tags: ['tier=gold']});
  expect(accounts.map(({id}) => id)).toEqual(['012345678901']);
});

test('throttled requests are made again', async () => {
  const throttled = {service: 'organizations', every: 3, fault: 'throttle'} as const;
  const few = {
    ...many,
    organization: {
      ...many.organization!,
      accounts: many.organization!.accounts.filter(({count}) => count === 1),
    },
  };
  expect((await asked({}, {scenario: few, faults: [throttled]})).accounts).toHaveLength(5);
});

test('rules of a file hold for the accounts of the organization', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'handrail-test-')), 'rules.yml');
  writeFileSync(file, 'handrail: 1\naccounts: org\nnever: {ous: [Workloads]}\n');
  const {accounts} = await asked({}, {source: file});
  expect(accounts.map(({name}) => name)).toEqual(['no-door', 'partner', 'short', 'walled']);
});

test.each([
  [
    'is in none',
    {scenario: alone},
    /AWSOrganizationsNotInUseException.*; name the accounts in a file: --accounts FILE/,
  ],
  [
    'may not list them',
    {faults: [{operation: 'ListRoots', always: true, fault: 'accessDenied'}]},
    /ListRoots: AccessDeniedException.*use keys of the management account or of a delegated administrator/,
  ],
  [
    'has ended keys',
    {faults: [{always: true, fault: 'expiredToken'}]},
    /AWS could not be asked who is calling: Expired/,
  ],
] as const)('a caller that %s is said in a line', async (_what, options, message) => {
  await expect(asked({}, options as SimulatorOptions)).rejects.toThrow(message);
});
