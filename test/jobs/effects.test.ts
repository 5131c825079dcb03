import {createRequire} from 'node:module';
import {beforeAll, describe, expect, it} from 'vitest';
import {shippedServices} from '../../source/aws/catalogue/sdk-service.ts';
import {modelNamed} from '../../source/aws/catalogue/operation-models.ts';
import {findClients} from './sdk-clients.ts';

const services = ['auto-scaling', 'ec2', 'ecs', 'eventbridge', 'lambda', 'rds'];
const require = createRequire(import.meta.url);

beforeAll(() => findClients(...services));

/** Services of which the client comes with Handrail. */
const shipped = new Set(shippedServices());

/** The operations of a client, as it exports them. */
function operationsOf(service: string): readonly string[] {
  const client = require(
    shipped.has(service) ? `@aws-sdk/client-${service}` : `${service}-for-tests`,
  ) as object;
  return Object.keys(client)
    .filter((name) => /^[A-Z].*Command$/.test(name))
    .map((name) => `${service}:${name.slice(0, -'Command'.length)}`);
}

it.each([
  ['ecs:UpdateService', 'change'],
  ['rds:ModifyDBInstance', 'change'],
  ['lambda:UpdateFunctionConfiguration', 'change'],
  ['ec2:StopInstances', 'change'],
  ['ec2:CreateSnapshot', 'change'],
  ['ec2:RevokeSecurityGroupIngress', 'change'],
  ['ecs:DescribeServices', 'read'],
  ['rds:DescribeDBInstances', 'read'],
  ['lambda:GetFunctionConfiguration', 'read'],
  ['eventbridge:ListRuleNamesByTarget', 'read'],
])('%s is a %s', async (name, effect) => {
  const model = await modelNamed(name);
  expect([model.effect, model.assumed]).toEqual([effect, undefined]);
});

describe('the operations of which neither the model nor the name says what they do', () => {
  // They count as changes. A new version of a client may bring others: read what they do, and add them here or there.
  it('are these, and only of these may a runbook say that they read', async () => {
    const names = services.flatMap(operationsOf);
    const models = await Promise.all(names.map(modelNamed));
    expect(models.filter(({assumed}) => assumed).map(({name}) => name)).toEqual([
      'lambda:CheckpointDurableExecution',
      'lambda:InvokeAsync',
      'lambda:Invoke',
      'lambda:InvokeWithResponseStream',
    ]);
  });
});
