import {expect, test} from 'vitest';
import {Connection} from '../../source/aws/connection/connection.ts';
import {awsPort} from '../../source/aws/call/aws-port.ts';
import {classify} from '../../source/aws/call/classify-error.ts';
import {faultMatches} from '../../source/engine/model/fault.ts';
import {faultNames} from '../../source/simulator/faults.ts';
import {loadScenario} from '../../source/simulator/scenario/load.ts';
import {startSimulator} from '../../source/simulator/server.ts';
import {faultClasses} from './fault-classes.ts';
import {canMeet, shippedOperations} from './shipped-operations.ts';

const operations = await shippedOperations();

test('there are at least 25 classes, and every fault of the simulator is one of them', () => {
  expect(faultClasses.length).toBeGreaterThanOrEqual(25);
  expect(faultClasses.map(({fault}) => fault).toSorted()).toEqual([...faultNames].toSorted());
});

test('the shipped runbooks use operations', () => {
  expect(operations.length).toBeGreaterThan(6);
});

test.each(faultClasses)('$fault is $kind, for every operation that the shipped runbooks use', async (one) => {
  const simulator = await startSimulator(loadScenario('clean'), {
    faults: operations.map(({operation, service}) => ({
      service: service as 'iam',
      operation,
      always: true,
      fault: one.fault,
    })),
  });
  const connection = new Connection({
    endpoint: simulator.endpoint,
    credentials: {accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'a-secret'},
    answerTimeoutMs: one.kind === 'timeout' ? 100 : 60_000,
  });
  try {
    const port = awsPort(connection);
    for (const model of operations) {
      if (!canMeet(model, one)) continue;
      const region = model.service === 'imagebuilder' ? {region: 'eu-west-1'} : {};
      // A token is refused by one Region only where there is a Region: elsewhere the keys are wrong.
      const kind = one.kind === 'refused-token' && !('region' in region) ? 'credentials' : one.kind;
      const outcome = await port.call(
        {operation: model.name, input: {RoleName: 'AWSServiceRoleForImageBuilder'}, ...region},
        new AbortController().signal,
      );
      const found = outcome.ok ? `success: ${JSON.stringify(outcome.output)}` : outcome.fault.kind;
      expect(`${model.name}: ${found}`).toBe(`${model.name}: ${kind}`);
      if (outcome.ok) continue;
      expect(outcome.fault.message).not.toBe('');
      expect(outcome.fault.remedy ?? '').toMatch(/^\S.{10,130}$/);
    }
  } finally {
    connection.close();
    await simulator.close();
  }
});

test.each([
  ['EntityAlreadyExistsException', 'Role with that name already exists.', 'exists'],
  ['ResourceAlreadyExistsException', 'it exists', 'exists'],
  [
    'InvalidInputException',
    'Service role name A has been taken in this account, please try another',
    'exists',
  ],
  ['InvalidInputException', 'Custom suffix is not allowed for this service', 'invalid'],
  ['InvalidInput', 'The request was rejected', 'invalid'],
])('%s, “%s”, is %s: only what is there already counts as there', (name, message, kind) => {
  const fault = classify({name, message, $metadata: {httpStatusCode: 400}});
  expect(fault.kind).toBe(kind);
  expect(faultMatches(fault, ['AlreadyExists'])).toBe(kind === 'exists');
});

test('a role that something still belongs to: the remedy is to take that away, for no waiting ends it', () => {
  const fault = classify({
    name: 'DeleteConflictException',
    message: 'Cannot delete entity, must detach all policies first.',
    $metadata: {httpStatusCode: 409},
  });
  expect(fault.kind).toBe('conflict');
  expect(fault.remedy).toMatch(/take that away first/);
});
