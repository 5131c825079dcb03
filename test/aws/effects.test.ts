import * as account from '@aws-sdk/client-account';
import * as iam from '@aws-sdk/client-iam';
import * as imagebuilder from '@aws-sdk/client-imagebuilder';
import * as ssm from '@aws-sdk/client-ssm';
import * as sts from '@aws-sdk/client-sts';
import {describe, expect, it} from 'vitest';
import {effectOf, isIdempotent} from '../../source/aws/catalogue/effects.ts';
import {modelNamed} from '../../source/aws/catalogue/operation-models.ts';

const clients = Object.entries({account, iam, imagebuilder, ssm, sts});

const operations = clients.flatMap(([service, client]) =>
  Object.keys(client)
    .filter((name) => /^[A-Z].*Command$/.test(name))
    .map((name) => `${service}:${name.slice(0, -'Command'.length)}`),
);

describe('the effect of an operation', () => {
  it.each([
    ['license-manager', 'CheckoutLicense'],
    ['license-manager', 'CheckInLicense'],
    ['ec2', 'TerminateInstances'],
    ['ec2', 'StopInstances'],
    ['sfn', 'GetActivityTask'],
    ['cognito-identity', 'GetId'],
  ])('of %s:%s is a change that no runbook can call a read', (service, operation) => {
    expect(effectOf(service, operation, undefined)).toEqual({effect: 'change'});
  });

  it.each([
    ['cloudtrail', 'LookupEvents'],
    ['cloudwatch-logs', 'FilterLogEvents'],
    ['dynamodb', 'Query'],
    ['codebuild', 'BatchGetBuilds'],
    ['eventbridge', 'TestEventPattern'],
    ['sts', 'DecodeAuthorizationMessage'],
  ])('of %s:%s is a read', (service, operation) => {
    expect(effectOf(service, operation, undefined)).toEqual({effect: 'read'});
  });

  it('is a change, of which a runbook may know better, where nothing says it', () => {
    expect(effectOf('lambda', 'Invoke', 'POST')).toEqual({effect: 'change', assumed: true});
    expect(effectOf('new-service', 'Listen', undefined)).toEqual({effect: 'change', assumed: true});
    expect(effectOf('lambda', 'CheckpointDurableExecution', 'POST')).toEqual({
      effect: 'change',
      assumed: true,
    });
  });

  it('is what the HTTP method of its model says, where it has one', () => {
    expect(effectOf('backup', 'ExportBackupPlanTemplate', 'GET').effect).toBe('read');
    expect(effectOf('x', 'DeleteThing', 'GET').effect).toBe('change');
    expect(effectOf('x', 'Frobnicate', 'PUT')).toEqual({effect: 'change'});
    expect(effectOf('x', 'ListAndMark', 'PUT')).toEqual({effect: 'change', assumed: true});
  });

  it('is read for just these operations of the clients at hand', async () => {
    const models = await Promise.all(operations.map(modelNamed));
    const odd = models
      .filter(({effect, operation}) => (effect === 'read') !== /^(Get|List|Describe)[A-Z]/.test(operation))
      .map(({name}) => name);
    expect(odd.sort()).toEqual([
      'iam:SimulateCustomPolicy',
      'iam:SimulatePrincipalPolicy',
      'ssm:ValidateCloudConnector',
      'sts:DecodeAuthorizationMessage',
    ]);
  });
});

describe('a change whose answer was lost', () => {
  it.each(['PutEvents', 'PutRecord', 'PutRecords', 'PutMetricData', 'PutLogEvents', 'UpdateItem'])(
    'is not sent again for %s, which adds something each time',
    (operation) => {
      expect(isIdempotent(operation, false)).toBe(false);
    },
  );

  it.each(['PutRule', 'PutRolePolicy', 'DeleteRole', 'UpdateTable', 'StopInstances', 'TagResource'])(
    'is sent again for %s',
    (operation) => {
      expect(isIdempotent(operation, false)).toBe(true);
    },
  );

  it('is sent again where the model calls the operation idempotent', async () => {
    expect((await modelNamed('ssm:RegisterDefaultHostManagementConfiguration')).resend).toBe('idempotent');
    expect((await modelNamed('ssm:RegisterTargetWithMaintenanceWindow')).resend).toBe('token');
    expect((await modelNamed('iam:CreateUser')).resend).toBe('never');
  });
});
