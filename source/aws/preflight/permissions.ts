import {changeNamed, operationsOf} from '../../runbook/actions/actions.ts';
import type {OperationModel} from '../../runbook/operation.ts';
import type {Runbook} from '../../runbook/language/schema.ts';
import type {Step} from '../../runbook/language/step.ts';
import {iamAction} from '../catalogue/iam-action.ts';

/** Permissions that a runbook needs, in IAM's terms. */
export interface Permissions {
  /** Actions of the runbook's own steps, in order of their names. */
  readonly steps: readonly string[];
  /** Actions that only concern their service's roles, with those services: `imagebuilder.amazonaws.com`. */
  readonly serviceLinked: readonly string[];
  /** Services that a step may hand a role to. */
  readonly passesRoleTo: readonly string[];
  /** Actions that Handrail itself calls before the run; without them it falls back and says so. */
  readonly own: readonly string[];
}

/** Actions that can be allowed for service-linked roles only. */
const serviceLinkedActions = [
  'iam:CreateServiceLinkedRole',
  'iam:DeleteServiceLinkedRole',
  'iam:GetServiceLinkedRoleDeletionStatus',
];

/** The permissions for exactly the operations that a runbook can reach. STS's GetCallerIdentity needs none. */
export async function permissionsFor(
  runbook: Runbook,
  operations: ReadonlyMap<string, OperationModel>,
): Promise<Permissions> {
  const called = runbook.steps.flatMap(operationsOf);
  const found = await Promise.all(called.map((name) => actionOf(name)));
  const actions = [...new Set(found)].filter((action) => action !== 'sts:GetCallerIdentity').sort();
  const serviceLinked = actions.filter((action) => serviceLinkedActions.includes(action));
  const passing = runbook.steps.flatMap((step) => passesRole(step, operations));
  return {
    steps: actions.filter((action) => !serviceLinked.includes(action)),
    serviceLinked,
    passesRoleTo: [...new Set(passing)].sort(),
    own: ownActions(runbook),
  };
}

function actionOf(name: string): Promise<string> {
  const [service = '', operation = ''] = name.split(':');
  return iamAction(service, operation);
}

/** A write that carries a role over, or is given one, hands it to the service: that takes iam:PassRole. */
function passesRole(step: Step, operations: ReadonlyMap<string, OperationModel>): readonly string[] {
  const change = changeNamed(step);
  const model = change === undefined ? undefined : operations.get(change.operation);
  if (model === undefined || model.effect === 'read' || model.service === 'iam') return [];
  const names = change?.members ?? [...model.input.members().keys()];
  return names.some((name) => /(^r|R)ole(Arn)?$/.test(name)) ? [`${model.service}.amazonaws.com`] : [];
}

function ownActions(runbook: Runbook): readonly string[] {
  const hasRegions = runbook.steps.some(({scope}) => scope === 'region');
  return [
    ...(hasRegions ? ['account:ListRegions'] : []),
    'iam:GetRole',
    'iam:ListAccountAliases',
    'iam:SimulatePrincipalPolicy',
    ...(hasRegions && runbook.regionsOf !== undefined ? ['ssm:GetParametersByPath'] : []),
  ];
}

/** The permissions as an IAM policy. */
export function policyOf(permissions: Permissions): object {
  const {steps, serviceLinked, passesRoleTo, own} = permissions;
  const statements: object[] = [];
  if (steps.length > 0) statements.push({Sid: 'Steps', Effect: 'Allow', Action: steps, Resource: '*'});
  if (serviceLinked.length > 0) {
    const Resource = 'arn:*:iam::*:role/aws-service-role/*';
    statements.push({Sid: 'ServiceLinkedRoles', Effect: 'Allow', Action: serviceLinked, Resource});
  }
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
