import {mkdtempSync, readFileSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, onTestFinished, test} from 'vitest';
import {awsPort} from '../../source/aws/call/aws-port.ts';
import {Connection} from '../../source/aws/connection/connection.ts';
import {sharedWay} from '../../source/aws/connection/shared-way.ts';
import {loadScenario} from '../../source/simulator/scenario/load.ts';
import type {Scenario} from '../../source/simulator/scenario/schema.ts';
import {startSimulator, type SimulatorOptions} from '../../source/simulator/server.ts';

const many = loadScenario(new URL('../simulator/organization.yaml', import.meta.url).pathname);
const team = (count: number): readonly string[] =>
  Array.from({length: count}, (_, index) => String(200_000_000_001 + index));
const {signal} = new AbortController();
const whoAmI = {operation: 'sts:GetCallerIdentity', input: {}};

/** A way to the accounts of an organization, by keys that a program prints: others each time that it is asked. */
async function wayTo(scenario: Scenario = many, options: SimulatorOptions = {}) {
  const simulator = await startSimulator(scenario, options);
  const folder = mkdtempSync(join(tmpdir(), 'handrail-way-'));
  const asked = join(folder, 'asked');
  writeFileSync(asked, '');
  const program = join(folder, 'keys.sh');
  writeFileSync(
    program,
    `#!/bin/sh\necho once >> ${asked}\nn=$(wc -l < ${asked} | tr -d ' ')\n` +
      `printf '{"Version": 1, "AccessKeyId": "AKIABASE%s", "SecretAccessKey": "s"}' "$n"\n`,
    {mode: 0o755},
  );
  const config = join(folder, 'config');
  writeFileSync(config, `[default]\nregion = eu-west-1\ncredential_process = ${program}\n`);
  const env = {
    AWS_CONFIG_FILE: config,
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    PATH: process.env['PATH'] ?? '',
  };
  const way = sharedWay({endpoint: simulator.endpoint, env});
  const connections: Connection[] = [];
  onTestFinished(async () => {
    for (const connection of connections) connection.close();
    way.close();
    await simulator.close();
  });
  const accountAt = (id: string): Connection => {
    const role = {arn: `arn:aws:iam::${id}:role/Operator`, sessionName: 'handrail-f1-kim'};
    const connection = new Connection({...way.options, role});
    connections.push(connection);
    return connection;
  };
  const requestsOf = (operation: string) =>
    simulator.requests.filter((request) => request.operation === operation);
  const timesAsked = (): number => readFileSync(asked, 'utf8').split('\n').length - 1;
  return {simulator, way, accountAt, requestsOf, timesAsked};
}

describe('the shared way to many accounts', () => {
  test('1,000 interleaved calls of 50 accounts are each signed with the keys of their account', async () => {
    const {simulator, accountAt, requestsOf, timesAsked} = await wayTo();
    const ids = team(50);
    const ports = ids.map((id) => ({id, port: awsPort(accountAt(id))}));
    const calls = Array.from({length: 20}, () => ports).flat();
    const answers = await Promise.all(
      calls.map(async ({id, port}) => ({id, outcome: await port.call(whoAmI, signal)})),
    );
    for (const {id, outcome} of answers) expect(outcome).toMatchObject({ok: true, output: {Account: id}});
    const byAccount = Map.groupBy(requestsOf('GetCallerIdentity'), ({account}) => account);
    expect([...byAccount.keys()].toSorted()).toEqual(ids);
    expect([...byAccount.values()].every(({length}) => length === 20)).toBe(true);
    expect(requestsOf('AssumeRole')).toHaveLength(50);
    expect(requestsOf('AssumeRole').map(({account}) => account)).toEqual(Array(50).fill(undefined));
    expect(simulator.requests).toHaveLength(1050);
    expect(timesAsked()).toBe(1);
  });

  test('the connections have the same sockets, and closing one leaves them to the others', async () => {
    const {accountAt} = await wayTo();
    const [one, other] = [accountAt('200000000001'), accountAt('200000000002')];
    expect(await one.way()).toBe(await other.way());
    expect(await awsPort(one).call(whoAmI, signal)).toMatchObject({ok: true});
    one.close();
    expect(await awsPort(other).call(whoAmI, signal)).toMatchObject({ok: true});
  });

  test('throttled AssumeRole is tried again, ever slower, until every account is entered', async () => {
    const organization = {...many.organization!, assumeRole: {perSecond: 5, burst: 3}};
    const {accountAt, requestsOf} = await wayTo({...many, organization});
    const answers = await Promise.all(team(20).map((id) => awsPort(accountAt(id)).call(whoAmI, signal)));
    expect(answers.filter(({ok}) => !ok)).toEqual([]);
    const throttled = requestsOf('AssumeRole').filter(({status}) => status !== 200);
    expect(throttled.length).toBeGreaterThan(0);
    expect(requestsOf('AssumeRole').length - throttled.length).toBe(20);
  });

  test('a role that is not there is refused at once, and is told from one that is throttled', async () => {
    const {accountAt, requestsOf} = await wayTo();
    const closed = await awsPort(accountAt('300000000003')).call(whoAmI, signal);
    expect(closed).toMatchObject({ok: false, fault: {kind: 'denied', name: 'AccessDenied'}});
    expect(requestsOf('AssumeRole')).toHaveLength(1);
    const faults = [{operation: 'AssumeRole', always: true, fault: 'throttle'}] as const;
    const busy = await wayTo(many, {faults});
    const connection = busy.accountAt('200000000001');
    const late = awsPort(connection).call(whoAmI, signal);
    expect(await late).toMatchObject({ok: false, fault: {kind: 'throttled'}});
  });

  test('base keys that have ended are looked for once for all accounts', async () => {
    const faults = [{operation: 'AssumeRole', first: 1, fault: 'expiredToken'}] as const;
    const {accountAt, timesAsked} = await wayTo(many, {faults});
    const answers = await Promise.all(team(5).map((id) => awsPort(accountAt(id)).call(whoAmI, signal)));
    expect(answers.filter(({ok}) => !ok)).toEqual([]);
    expect(timesAsked()).toBe(2);
  });

  test('base keys of the environment cannot become others: it is said, and nobody waits', async () => {
    const faults = [{operation: 'AssumeRole', always: true, fault: 'expiredToken'}] as const;
    const simulator = await startSimulator(many, {faults});
    const env = {AWS_ACCESS_KEY_ID: 'AKIAENV', AWS_SECRET_ACCESS_KEY: 's', AWS_REGION: 'eu-west-1'};
    const way = sharedWay({endpoint: simulator.endpoint, env});
    const said: unknown[] = [];
    way.options.shared?.watch({ended: (...one) => said.push(one), found: () => said.push('found')});
    const role = {arn: 'arn:aws:iam::200000000001:role/Operator'};
    const connection = new Connection({...way.options, role});
    onTestFinished(async () => {
      connection.close();
      way.close();
      await simulator.close();
    });
    expect(await awsPort(connection).call(whoAmI, signal)).toMatchObject({fault: {kind: 'credentials'}});
    expect(said).toEqual([
      [expect.stringMatching(/^ExpiredToken: .*export new ones, then handrail fleet resume$/), false],
    ]);
  });

  test('a session that ended early is taken on again after a renewal, with the same base keys', async () => {
    let now = Date.UTC(2030, 0, 1);
    const {accountAt, requestsOf, timesAsked} = await wayTo(many, {now: () => now});
    const connection = accountAt('300000000005');
    const port = awsPort(connection);
    expect(await port.call(whoAmI, signal)).toMatchObject({ok: true});
    now += 61_000;
    expect(await port.call(whoAmI, signal)).toMatchObject({ok: false, fault: {kind: 'credentials'}});
    connection.renew();
    expect(await port.call(whoAmI, signal)).toMatchObject({ok: true});
    expect([requestsOf('AssumeRole').length, timesAsked()]).toEqual([2, 1]);
  });
});
