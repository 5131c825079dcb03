import {describe, expect, it} from 'vitest';
import {parse} from 'yaml';
import {iamAction} from '../../source/aws/catalogue/iam-action.ts';
import {modelsFor} from '../../source/aws/catalogue/operation-models.ts';
import {permissionsFor, type PermissionScope} from '../../source/aws/preflight/permissions.ts';
import {policyFormats, policyOf} from '../../source/aws/preflight/policy.ts';
import {principalOf} from '../../source/aws/preflight/preflight.ts';
import {findRunbook} from '../../source/runs/runbooks/find-runbook.ts';
import {shippedRunbooks} from '../../source/runs/runbooks/shipped-files.ts';
import {loadScenario} from '../../source/simulator/scenario/load.ts';
import {simulatedRun} from '../support/simulated-run.ts';

interface Statement {
  readonly Sid: string;
  readonly Action: readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: object;
}

async function statementsFor(name: string, scope?: PermissionScope): Promise<readonly Statement[]> {
  const loaded = findRunbook(name);
  const permissions = await permissionsFor(loaded.runbook, await modelsFor(loaded), scope);
  return (policyOf(permissions) as {readonly Statement: readonly Statement[]}).Statement;
}

const every = [
  'clean-up-image-builder',
  'create-service-linked-role',
  'delete-service-linked-role',
  'edit-role-description',
  'inspect-service-linked-role',
  'restore-schedules',
];

describe('the permissions of a runbook', () => {
  it('are told for each shipped runbook', () => {
    expect(shippedRunbooks()).toEqual(every);
  });

  it.each(every)('are well-formed actions of known services: %s', async (name) => {
    for (const {Action, Resource} of await statementsFor(name)) {
      expect(Action.length).toBeGreaterThan(0);
      for (const action of Action) {
        expect(action).toMatch(/^(account|events|iam|imagebuilder|ssm):[A-Z][A-Za-z]+$/);
      }
      for (const resource of [Resource].flat()) expect(resource).toMatch(/^(\*|arn:\*:iam::\*:role\/.*)$/);
    }
  });

  it('let the removal pass a workflow role on to Image Builder, and to nobody else', async () => {
    const passing = (await statementsFor('delete-service-linked-role')).find(({Sid}) => Sid === 'PassRole');
    expect(passing).toMatchObject({
      Action: ['iam:PassRole'],
      Condition: {StringEquals: {'iam:PassedToService': ['imagebuilder.amazonaws.com']}},
    });
  });

  it('change nothing where the runbook changes nothing', async () => {
    const statements = await statementsFor('inspect-service-linked-role');
    for (const action of statements.flatMap(({Action}) => Action)) {
      expect(action).toMatch(/:(Get|List|Simulate)/);
    }
  });

  it('name the prefix of a service whose package is called otherwise', async () => {
    expect(await iamAction('eventbridge', 'ListRuleNamesByTarget')).toBe('events:ListRuleNamesByTarget');
    expect(await iamAction('imagebuilder', 'ListImages')).toBe('imagebuilder:ListImages');
  });

  it('cover every call of a run', async () => {
    const run = await simulatedRun({runbook: 'clean-up-image-builder', scenario: 'calm'});
    const allowed = new Set((await statementsFor('clean-up-image-builder')).flatMap(({Action}) => Action));
    const called = new Set(run.requests.map(({service, operation}) => `${service}:${operation}`));
    called.delete('sts:GetCallerIdentity');
    expect([...called].filter((action) => !allowed.has(action))).toEqual([]);
  });
});

describe('the permissions for a look', () => {
  it.each(every)('change nothing, and hand no role to anybody: %s', async (name) => {
    const actions = (await statementsFor(name, 'look')).flatMap(({Action}) => Action);
    for (const action of actions) expect(action).toMatch(/:(Get|List|Simulate)/);
  });

  it('are enough for --plan', async () => {
    const run = await simulatedRun({scenario: 'calm', mode: 'plan'});
    const allowed = (await statementsFor('delete-service-linked-role', 'look')).flatMap(({Action}) => Action);
    const called = new Set(run.requests.map(({service, operation}) => `${service}:${operation}`));
    called.delete('sts:GetCallerIdentity');
    expect([...called].filter((action) => !allowed.includes(action))).toEqual([]);
  });
});

describe('permissions on service-linked roles', () => {
  const path = 'arn:*:iam::*:role/aws-service-role/imagebuilder.amazonaws.com';

  it('are for the role that is deleted only', async () => {
    const statements = await statementsFor('delete-service-linked-role');
    expect(statements.find(({Sid}) => Sid === 'DeleteServiceLinkedRole')).toMatchObject({
      Action: ['iam:DeleteServiceLinkedRole', 'iam:GetServiceLinkedRoleDeletionStatus'],
      Resource: [`${path}/AWSServiceRoleForImageBuilder`],
    });
    expect(statements.some(({Sid}) => Sid === 'CreateServiceLinkedRole')).toBe(false);
  });

  it('are for the service whose role an undo makes again', async () => {
    const statements = await statementsFor('delete-service-linked-role', 'run-and-undo');
    expect(statements.find(({Sid}) => Sid === 'CreateServiceLinkedRole')).toMatchObject({
      Action: ['iam:CreateServiceLinkedRole'],
      Resource: [`${path}/*`],
      Condition: {StringEquals: {'iam:AWSServiceName': ['imagebuilder.amazonaws.com']}},
    });
  });

  it('are for any role of the service where only the run shows which', async () => {
    const undo = await statementsFor('create-service-linked-role', 'run-and-undo');
    expect(undo.find(({Sid}) => Sid === 'DeleteServiceLinkedRole')).toMatchObject({
      Resource: [`${path}/*`],
    });
  });
});

it('a policy is the same in every format', async () => {
  const loaded = findRunbook('delete-service-linked-role');
  const policy = policyOf(await permissionsFor(loaded.runbook, await modelsFor(loaded)));
  const written = (format: string): string => policyFormats[format]?.(policy, loaded.runbook.name) ?? '';
  expect(JSON.parse(written('json'))).toEqual(policy);
  expect(parse(written('cloudformation'))).toMatchObject({
    Resources: {HandrailPolicy: {Type: 'AWS::IAM::ManagedPolicy', Properties: {PolicyDocument: policy}}},
  });
  const [, document = ''] = /jsonencode\(([^]*)\)\n\}\n$/.exec(written('terraform')) ?? [];
  expect(JSON.parse(document)).toEqual(policy);
});

describe('the preflight', () => {
  it('says nothing when nothing is lacking', async () => {
    const run = await simulatedRun({runbook: 'edit-role-description', inputs: ['description=x']});
    expect(run.state.started?.notes).toEqual([]);
    const asked = run.requests.find(({operation}) => operation === 'SimulatePrincipalPolicy');
    expect(asked?.input['PolicySourceArn']).toBe('arn:aws:iam::123456789012:role/ops');
  });

  it('asks about the very role that is deleted: a policy may be for no other', async () => {
    const run = await simulatedRun({scenario: 'clean', mode: 'plan'});
    const asked = run.requests.filter(({operation}) => operation === 'SimulatePrincipalPolicy');
    expect(asked.map(({input}) => input['ResourceArns'])).toContainEqual([
      'arn:aws:iam::123456789012:role/aws-service-role/imagebuilder.amazonaws.com/AWSServiceRoleForImageBuilder',
    ]);
  });

  it('names what the caller lacks, before the run', async () => {
    const calm = loadScenario('calm');
    const run = await simulatedRun({
      scenario: {
        ...calm,
        account: {...calm.account, deniedActions: ['imagebuilder:CancelImageCreation', 'iam:PassRole']},
      },
      mode: 'plan',
    });
    expect(run.state.started?.notes).toEqual([
      expect.stringContaining('the caller lacks iam:PassRole, imagebuilder:CancelImageCreation;'),
    ]);
  });

  it('is skipped with a note when it is denied itself', async () => {
    const run = await simulatedRun({
      runbook: 'edit-role-description',
      inputs: ['description=x'],
      faults: [{operation: 'SimulatePrincipalPolicy', always: true, fault: 'accessDenied'}],
    });
    expect(run.exitCode).toBe(0);
    expect(run.state.started?.notes).toEqual([expect.stringMatching(/^preflight skipped: AccessDenied/)]);
  });

  it('knows whose policies a session has', () => {
    expect(principalOf('arn:aws-cn:sts::123456789012:assumed-role/ops/kim')).toBe(
      'arn:aws-cn:iam::123456789012:role/ops',
    );
    expect(principalOf('arn:aws:iam::123456789012:user/team/kim')).toBe(
      'arn:aws:iam::123456789012:user/team/kim',
    );
    expect(principalOf('arn:aws:iam::123456789012:root')).toBeUndefined();
  });
});
