import {changeNamed, requestsOf} from '../../runbook/actions/actions.ts';
import type {OperationModel} from '../../runbook/operation.ts';
import type {Runbook} from '../../runbook/language/schema.ts';
import type {Step} from '../../runbook/language/step.ts';
import {iamAction} from '../catalogue/iam-action.ts';

/** The calls that permissions are wanted for: those of a run, its looks alone, or those of a run and its undo. */
export type PermissionScope = 'run' | 'look' | 'run-and-undo';

/** Permissions that a runbook needs, in IAM's terms. */
export interface Permissions {
  /** Actions of the runbook's own steps, in order of their names. */
  readonly steps: readonly string[];
  /** Actions on service-linked roles only. */
  readonly serviceLinked: ServiceLinked;
  /** Services that a step may hand a role to. */
  readonly passesRoleTo: readonly string[];
  /** Actions that Handrail itself calls before the run; without them it falls back and says so. */
  readonly own: readonly string[];
}

/** Actions that IAM can allow for certain service-linked roles only. */
export interface ServiceLinked {
  readonly creates: readonly string[];
  /** The roles' services, such as `imagebuilder.amazonaws.com`; undefined for any. */
  readonly services: readonly string[] | undefined;
  readonly deletes: readonly string[];
  /** Names of the roles that are deleted; undefined for any. */
  readonly roles: readonly string[] | undefined;
}

const creating = 'iam:CreateServiceLinkedRole';
const deleting = ['iam:DeleteServiceLinkedRole', 'iam:GetServiceLinkedRoleDeletionStatus'];

/** The permissions for exactly the operations that a runbook can reach. STS's GetCallerIdentity needs none. */
export async function permissionsFor(
  runbook: Runbook,
  operations: ReadonlyMap<string, OperationModel>,
  scope: PermissionScope = 'run',
): Promise<Permissions> {
  const all = runbook.steps.flatMap(requestsOf);
  const requests = all.filter(({operation, undo}) =>
    scope === 'look'
      ? undo === undefined && operations.get(operation)?.effect !== 'change'
      : scope === 'run-and-undo' || undo === undefined,
  );
  const found = await Promise.all(requests.map(({operation}) => actionOf(operation)));
  const actions = [...new Set(found)].filter((action) => action !== 'sts:GetCallerIdentity').sort();
  const passing = scope === 'look' ? [] : runbook.steps.flatMap((step) => passesRole(step, operations));
  return {
    steps: actions.filter((action) => action !== creating && !deleting.includes(action)),
    serviceLinked: {
      creates: actions.filter((action) => action === creating),
      // The way back names the service of the role that is deleted.
      services: textsOf(runbook, all, creating, 'AWSServiceName'),
      deletes: actions.filter((action) => deleting.includes(action)),
      roles: textsOf(runbook, all, 'iam:DeleteServiceLinkedRole', 'RoleName'),
    },
    passesRoleTo: [...new Set(passing)].sort(),
    own: ownActions(runbook),
  };
}

/** Texts that requests of an operation can give a member; undefined if only the run shows them. */
function textsOf(
  {inputs}: Runbook,
  requests: ReturnType<typeof requestsOf>,
  operation: string,
  member: string,
): readonly string[] | undefined {
  const texts = requests
    .filter((request) => request.operation === operation)
    .map(({members}): readonly string[] | undefined => {
      const written = members?.[member];
      if (typeof written !== 'string') return undefined;
      if (!written.includes('${{')) return [written];
      const input = inputs[/^\$\{\{ *inputs\.(\w+) *\}\}$/.exec(written)?.[1] ?? ''];
      return input !== undefined && 'enum' in input ? input.enum : undefined;
    });
  return texts.length > 0 && texts.every((one) => one !== undefined) ? [...new Set(texts.flat())] : undefined;
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
