import {
  CreateServiceLinkedRoleCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  ListAttachedRolePoliciesCommand,
  SimulatePrincipalPolicyCommand,
  UpdateRoleCommand,
} from '@aws-sdk/client-iam';
import {expect, test} from 'vitest';
import {simulatedAws, twoRegions} from './simulated-aws.ts';

const RoleName = 'AWSServiceRoleForImageBuilder';
const absent = {...twoRegions, role: {...twoRegions.role, present: false}};

test('the role comes with its path and a URL-encoded trust policy', async () => {
  const aws = await simulatedAws();
  const {Role} = await aws.iam.send(new GetRoleCommand({RoleName}));
  expect(Role?.Arn).toBe(
    `arn:aws:iam::123456789012:role/aws-service-role/imagebuilder.amazonaws.com/${RoleName}`,
  );
  expect(Role?.AssumeRolePolicyDocument).toMatch(/^%7B/);
  expect(JSON.parse(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? ''))).toMatchObject({
    Statement: [{Principal: {Service: ['imagebuilder.amazonaws.com']}}],
  });
});

test('a role that does not exist is NoSuchEntity with status 404', async () => {
  const aws = await simulatedAws(absent);
  await expect(aws.iam.send(new GetRoleCommand({RoleName}))).rejects.toMatchObject({
    name: 'NoSuchEntityException',
    $metadata: {httpStatusCode: 404},
  });
});

test('the description can be edited, with any characters, and nothing else can', async () => {
  const aws = await simulatedAws();
  const Description = 'Tom & "Jerry" <1>';
  await aws.iam.send(new UpdateRoleCommand({RoleName, Description}));
  expect((await aws.iam.send(new GetRoleCommand({RoleName}))).Role?.Description).toBe(Description);
  await expect(
    aws.iam.send(new UpdateRoleCommand({RoleName, MaxSessionDuration: 7200})),
  ).rejects.toMatchObject({
    name: 'UnmodifiableEntityException',
  });
});

test('the managed policy holds the 24 actions of the older guide, URL-encoded', async () => {
  const aws = await simulatedAws();
  const {AttachedPolicies} = await aws.iam.send(new ListAttachedRolePoliciesCommand({RoleName}));
  const PolicyArn = AttachedPolicies?.[0]?.PolicyArn;
  expect(PolicyArn).toBe('arn:aws:iam::aws:policy/aws-service-role/AWSServiceRoleForImageBuilder');
  const {Policy} = await aws.iam.send(new GetPolicyCommand({PolicyArn}));
  const {PolicyVersion} = await aws.iam.send(
    new GetPolicyVersionCommand({PolicyArn, VersionId: Policy?.DefaultVersionId}),
  );
  const document = JSON.parse(decodeURIComponent(PolicyVersion?.Document ?? '')) as {
    Statement: {Action: string[]}[];
  };
  expect(document.Statement[0]?.Action).toHaveLength(24);
  await expect(aws.iam.send(new GetPolicyVersionCommand({PolicyArn, VersionId: 'v9'}))).rejects.toMatchObject(
    {
      name: 'NoSuchEntityException',
    },
  );
});

test('the role can be created when it is absent, once', async () => {
  const aws = await simulatedAws(absent);
  const create = () =>
    aws.iam.send(new CreateServiceLinkedRoleCommand({AWSServiceName: 'imagebuilder.amazonaws.com'}));
  expect((await create()).Role?.RoleName).toBe(RoleName);
  await expect(create()).rejects.toMatchObject({name: 'InvalidInputException'});
});

test('the policy simulation denies what the scenario denies, and refuses the ARN of a session', async () => {
  const aws = await simulatedAws({
    ...twoRegions,
    account: {...twoRegions.account, deniedActions: ['iam:DeleteServiceLinkedRole']},
  });
  const ActionNames = ['iam:DeleteServiceLinkedRole', 'iam:GetRole'];
  const {EvaluationResults} = await aws.iam.send(
    new SimulatePrincipalPolicyCommand({PolicySourceArn: 'arn:aws:iam::123456789012:role/ops', ActionNames}),
  );
  expect(EvaluationResults?.map((result) => [result.EvalActionName, result.EvalDecision])).toEqual([
    ['iam:DeleteServiceLinkedRole', 'implicitDeny'],
    ['iam:GetRole', 'allowed'],
  ]);
  await expect(
    aws.iam.send(
      new SimulatePrincipalPolicyCommand({PolicySourceArn: twoRegions.account.caller, ActionNames}),
    ),
  ).rejects.toMatchObject({name: 'InvalidInputException'});
});
