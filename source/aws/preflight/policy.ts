import {stringify} from 'yaml';
import type {Permissions, ServiceLinked} from './permissions.ts';

/** The permissions as an IAM policy. */
export function policyOf(permissions: Permissions): object {
  const {steps, serviceLinked, passesRoleTo, own} = permissions;
  const statements: object[] = [];
  if (steps.length > 0) statements.push({Sid: 'Steps', Effect: 'Allow', Action: steps, Resource: '*'});
  statements.push(...serviceLinkedStatements(serviceLinked));
  if (passesRoleTo.length > 0) {
    statements.push({
      Sid: 'PassRole',
      Effect: 'Allow',
      Action: ['iam:PassRole'],
      Resource: 'arn:*:iam::*:role/*',
      Condition: {StringEquals: {'iam:PassedToService': passesRoleTo}},
    });
  }
  statements.push({Sid: 'HandrailItself', Effect: 'Allow', Action: own, Resource: '*'});
  return {Version: '2012-10-17', Statement: statements};
}

/**
 * Statements for service-linked roles. The path of such a role names its service. See "Service-linked role
 * permissions" in the IAM User Guide.
 */
function serviceLinkedStatements({creates, services, deletes, roles}: ServiceLinked): readonly object[] {
  const path = 'arn:*:iam::*:role/aws-service-role';
  const creation = {
    Sid: 'CreateServiceLinkedRole',
    Effect: 'Allow',
    Action: creates,
    Resource: (services ?? ['*']).map((service) => `${path}/${service}/*`),
    ...(services === undefined ? {} : {Condition: {StringEquals: {'iam:AWSServiceName': services}}}),
  };
  const deletion = {
    Sid: 'DeleteServiceLinkedRole',
    Effect: 'Allow',
    Action: deletes,
    Resource: (services ?? ['*']).flatMap((service) =>
      (roles ?? ['*']).map((role) => `${path}/${service}/${role}`),
    ),
  };
  return [...(creates.length > 0 ? [creation] : []), ...(deletes.length > 0 ? [deletion] : [])];
}

/** Writers of a policy for a runbook of that name, by format. */
export const policyFormats: Readonly<Record<string, (policy: object, runbook: string) => string>> = {
  json: (policy) => `${JSON.stringify(policy, undefined, 2)}\n`,
  cloudformation: (policy, runbook) =>
    stringify(
      {
        Resources: {
          HandrailPolicy: {
            Type: 'AWS::IAM::ManagedPolicy',
            Properties: {Description: `Runbook ${runbook} of Handrail`, PolicyDocument: policy},
          },
        },
      },
      // Puts the policy's version into quotes: readers of YAML 1.1 take it for a date.
      {version: '1.1'},
    ),
  terraform: (policy, runbook) =>
    [
      'resource "aws_iam_policy" "handrail" {',
      `  name   = "handrail-${runbook}"`,
      `  policy = jsonencode(${JSON.stringify(policy, undefined, 2).replaceAll('\n', '\n  ')})`,
      '}',
      '',
    ].join('\n'),
};
