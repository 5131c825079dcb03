import type {Json} from '../../source/data/json.ts';
import {describe, expect, onTestFinished, test} from 'vitest';
import {Connection} from '../../source/aws/connection/connection.ts';
import {awsPort} from '../../source/aws/call/aws-port.ts';
import {chooseRegions, NoRegions} from '../../source/aws/preflight/regions.ts';
import {shippedRegions, shippedRegionsDate} from '../../source/aws/preflight/shipped-regions.ts';
import type {Fault} from '../../source/engine/model/fault.ts';
import type {AwsPort, CallRequest} from '../../source/engine/model/ports.ts';
import {loadScenario} from '../../source/simulator/scenario/load.ts';
import {startSimulator, type SimulatorOptions} from '../../source/simulator/server.ts';

const signal = new AbortController().signal;
const denied: Fault = {kind: 'denied', name: 'AccessDenied', message: 'no identity-based policy allows it'};

/** AWS, with a list of the account's Regions and one of the service's, or a denial in place of either. */
function aws(enabled: readonly string[] | Fault, offered: readonly string[] | Fault) {
  const requests: CallRequest[] = [];
  const port: Pick<AwsPort, 'call'> = {
    call: async (request) => {
      requests.push(request);
      const answer = request.operation.startsWith('account') ? enabled : offered;
      if (!Array.isArray(answer)) return {ok: false, fault: answer as Fault, ms: 1};
      const output: Json = request.operation.startsWith('account')
        ? {Regions: answer.map((RegionName: string) => ({RegionName, RegionOptStatus: 'ENABLED'}))}
        : {Parameters: answer.map((Value: string) => ({Value}))};
      return {ok: true, output, ms: 1, unmodeled: []};
    },
  };
  return {port, requests};
}

const choose = (port: Pick<AwsPort, 'call'>, named: readonly string[] = [], partition = 'aws') =>
  chooseRegions(port, {named, service: 'imagebuilder', partition}, signal);

describe('the Regions of a run', () => {
  test('are those that the operator named, and nothing is asked', async () => {
    const {port, requests} = aws(denied, denied);
    expect(await choose(port, ['eu-west-1', 'eu-west-1'])).toMatchObject({
      regions: ['eu-west-1'],
      source: 'named',
    });
    expect(requests).toEqual([]);
  });

  test('are else the account’s enabled ones that have the service', async () => {
    const {port, requests} = aws(
      ['us-east-1', 'eu-west-1', 'eu-south-9'],
      ['eu-west-1', 'us-east-1', 'ap-east-1'],
    );
    expect(await choose(port)).toEqual({
      regions: ['eu-west-1', 'us-east-1'],
      source: 'discovered',
      notes: [],
      disabled: [],
    });
    expect(requests.find(({operation}) => operation === 'account:ListRegions')?.input).toEqual({});
  });

  test('follow from the service alone where the account’s list is denied, within the partition', async () => {
    const {port} = aws(denied, ['eu-west-1', 'cn-north-1', 'us-gov-west-1', 'eusc-de-east-1']);
    const choice = await choose(port);
    expect(choice).toMatchObject({regions: ['eu-west-1'], source: 'discovered'});
    expect(choice.notes.join()).toMatch(/account's enabled Regions could not be listed: AccessDenied/);
  });

  test('follow from the shipped list, with its date, where the service’s list is denied or empty', async () => {
    for (const offered of [denied, []]) {
      const {port} = aws(['us-east-1', 'eu-south-9'], offered);
      const choice = await choose(port);
      expect(choice).toMatchObject({regions: ['us-east-1'], source: 'discovered'});
      expect(choice.notes.join()).toContain(shippedRegionsDate);
    }
  });

  test('are the shipped ones, and said to be, where everything is denied', async () => {
    const choice = await choose(aws(denied, denied).port);
    expect(choice).toMatchObject({regions: [...(shippedRegions['aws'] ?? [])].toSorted(), source: 'shipped'});
    expect(choice.notes.join()).toMatch(/2\d\d\d-\d\d-\d\d/);
  });

  test('are every one of the account’s in a partition that nothing is known about', async () => {
    const choice = await choose(aws(['us-iso-east-1', 'us-iso-west-1'], denied).port, [], 'aws-iso');
    expect(choice.regions).toEqual(['us-iso-east-1', 'us-iso-west-1']);
    expect(choice.notes.join()).toContain('every Region of the account');
    await expect(choose(aws(denied, denied).port, [], 'aws-iso')).rejects.toThrow(NoRegions);
  });

  test('are all of the account’s where another service than Image Builder has no list: none is left out', async () => {
    const enabled = ['us-east-1', 'eu-south-9'];
    const wanted = {named: [], service: 'eventbridge', partition: 'aws'};
    const choice = await chooseRegions(aws(enabled, []).port, wanted, signal);
    expect(choice.regions).toEqual(['eu-south-9', 'us-east-1']);
    expect(choice.notes.join()).toContain('every Region of the account');
    await expect(chooseRegions(aws(denied, []).port, wanted, signal)).rejects.toThrow(/--region/);
  });

  test.each([
    ['aws', 'us-east-1'],
    ['aws-cn', 'cn-north-1'],
    ['aws-us-gov', 'us-gov-west-1'],
    ['aws-eusc', 'eusc-de-east-1'],
  ])('of %s: the parameters are asked for in %s', async (partition, region) => {
    const {port, requests} = aws(denied, denied);
    await choose(port, [], partition);
    expect(requests.find(({operation}) => operation.startsWith('ssm'))?.region).toBe(region);
  });
});

const call = async (region: string, status: string, options: SimulatorOptions = {}) => {
  const base = loadScenario('clean');
  const regions = {...base.regions, [region]: {...base.regions[region], status: status as 'DISABLED'}};
  const simulator = await startSimulator({...base, regions}, options);
  const connection = new Connection({
    endpoint: simulator.endpoint,
    credentials: {accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'a-secret'},
  });
  onTestFinished(async () => {
    connection.close();
    await simulator.close();
  });
  const request = {operation: 'imagebuilder:ListImagePipelines', region, input: {}};
  const port = awsPort(connection);
  const outcomes = [await port.call(request, signal), await port.call(request, signal)];
  return {
    outcome: outcomes[0],
    lists: simulator.requests.filter(({operation}) => operation === 'ListRegions'),
  };
};

describe('a Region that does not know the key', () => {
  const always = {service: 'imagebuilder', always: true, fault: 'unrecognizedClient'} as const;

  test('is switched off, when the account’s list says so; the list is read once', async () => {
    const {outcome, lists} = await call('ap-east-1', 'DISABLED');
    expect(outcome).toMatchObject({
      ok: false,
      fault: {kind: 'not-enabled', message: expect.stringContaining('DISABLED') as string},
    });
    expect(lists).toHaveLength(1);
  });

  test('does not take the token, when the list says that it is enabled and STS takes the keys', async () => {
    const {outcome} = await call('ap-east-1', 'ENABLED', {faults: [always]});
    expect(outcome).toMatchObject({
      ok: false,
      fault: {
        kind: 'refused-token',
        message: expect.stringContaining('session token') as string,
        remedy: expect.stringContaining('AWS_STS_REGIONAL_ENDPOINTS=regional') as string,
      },
    });
  });

  test('has keys that are not taken anywhere, when STS does not know them either', async () => {
    const sts = {service: 'sts', always: true, fault: 'expiredToken'} as const;
    const {outcome} = await call('ap-east-1', 'ENABLED', {faults: [always, sts]});
    expect(outcome).toMatchObject({ok: false, fault: {kind: 'credentials'}});
  });

  test.each(['ENABLING', 'DISABLING'])('is on its way, when the list says %s', async (status) => {
    const {outcome} = await call('ap-east-1', status, {faults: [always]});
    expect(outcome).toMatchObject({
      ok: false,
      fault: {kind: 'not-enabled', remedy: expect.stringContaining('wait') as string},
    });
  });

  test('stays unexplained, and not enabled, when the list is denied', async () => {
    const faults = [always, {service: 'account', always: true, fault: 'accessDenied'} as const];
    const {outcome} = await call('ap-east-1', 'ENABLED', {faults});
    expect(outcome).toMatchObject({
      ok: false,
      fault: {kind: 'not-enabled', message: expect.stringContaining('could not tell why') as string},
    });
  });
});
