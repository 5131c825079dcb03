import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, it} from 'vitest';
import {aliasModule} from '../../scripts/service-names/aliases.ts';
import {typedNames} from '../../scripts/service-names/typed-names.ts';
import {serviceAliases} from '../../source/aws/catalogue/service-aliases.ts';
import {clientOtherwiseCalled, isClientName} from '../../source/aws/catalogue/client-names.ts';

const root = join(import.meta.dirname, '../..');
const catalogue = readFileSync(join(root, 'scripts/service-names/catalogue.tsv'), 'utf8');

it('the other names of services are what the catalogue gives: `npm run service-names` writes them again', async () => {
  const file = join(root, 'source/aws/catalogue/service-aliases.ts');
  await expect(aliasModule(catalogue, typedNames)).toMatchFileSnapshot(file);
});

it('each of them leads to a client, and none is a client by itself', () => {
  for (const [name, client] of serviceAliases) {
    expect(isClientName(client), `${name}: ${client}`).toBe(true);
    expect(isClientName(name), name).toBe(false);
  }
});

it('every command of the AWS CLI leads to the client of its service', () => {
  const lost = catalogue
    .trim()
    .split('\n')
    .map((line) => line.split('\t'))
    .filter(([command = '', id = '']) => {
      const client = id.toLowerCase().replaceAll(' ', '-');
      if (!isClientName(client) || isClientName(command)) return false;
      return clientOtherwiseCalled(command) !== client;
    })
    .map(([command]) => command);
  // Someone who writes elb means the load balancers of today.
  expect(lost).toEqual(['elb']);
});

it.each([
  ['elbv2', 'elastic-load-balancing-v2'],
  ['logs', 'cloudwatch-logs'],
  ['events', 'eventbridge'],
  ['autoscaling', 'auto-scaling'],
  ['ddb', 'dynamodb'],
  ['cfn', 'cloudformation'],
  ['apigw', 'api-gateway'],
  ['stepfunctions', 'sfn'],
  ['states', 'sfn'],
  ['monitoring', 'cloudwatch'],
  ['s3api', 's3'],
  ['configservice', 'config-service'],
  ['deploy', 'codedeploy'],
])('%s is %s', (typed, client) => {
  expect(clientOtherwiseCalled(typed)).toBe(client);
});
