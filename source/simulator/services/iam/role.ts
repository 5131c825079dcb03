import {z} from 'zod';
import {pageOf} from '../../pages.ts';
import {ServiceError} from '../../service-error.ts';
import type {AccountState, Role} from '../../state/account-state.ts';
import {newRole, roleName, rolePath, roleService} from '../../state/role.ts';
import {validate} from '../../validate.ts';
import type {Operation} from '../service.ts';
import {existingRole, roleNameInput} from './existing-role.ts';
import {policyArn, policyName} from './managed-policy.ts';
import {invalidMarker, listInput} from './markers.ts';

const byName = z.object({RoleName: roleNameInput});
const description = z.string().max(1000).optional();

export const getRole: Operation = (call) => {
  const {RoleName} = validate(byName, call.input, 'ValidationError');
  return {Role: roleView(call.account, existingRole(call.account, RoleName), call.now)};
};

const updateInput = byName.extend({Description: description, MaxSessionDuration: z.string().optional()});

/** A service-linked role's description can be edited, nothing else. */
export const updateRole: Operation = (call) => {
  const input = validate(updateInput, call.input, 'ValidationError');
  const role = existingRole(call.account, input.RoleName);
  if (input.MaxSessionDuration !== undefined) {
    throw new ServiceError(
      'UnmodifiableEntity',
      400,
      `Cannot perform the operation on the protected role '${roleName}' - this role is only modifiable by AWS`,
    );
  }
  if (input.Description !== undefined) role.description = input.Description;
  return {};
};

const createInput = z.object({
  AWSServiceName: z.string().min(1).max(128),
  Description: description,
  CustomSuffix: z.string().optional(),
});

export const createServiceLinkedRole: Operation = (call) => {
  const input = validate(createInput, call.input, 'ValidationError');
  if (input.AWSServiceName !== roleService) {
    throw new ServiceError(
      'InvalidInput',
      400,
      `${input.AWSServiceName} is not a service that this simulator knows.`,
    );
  }
  if (input.CustomSuffix !== undefined) {
    throw new ServiceError('InvalidInput', 400, `Custom suffix is not allowed for ${roleService}`);
  }
  if (call.account.role !== undefined) {
    throw new ServiceError(
      'InvalidInput',
      400,
      `Service role name ${roleName} has been taken in this account, please try a different suffix.`,
    );
  }
  call.account.role = newRole(call.now, input.Description ?? '');
  return {Role: roleView(call.account, call.account.role, call.now)};
};

const attachedInput = byName.extend({...listInput, PathPrefix: z.string().default('/')});

export const listAttachedRolePolicies: Operation = (call) => {
  const input = validate(attachedInput, call.input, 'ValidationError');
  existingRole(call.account, input.RoleName);
  const attached = [{PolicyName: policyName, PolicyArn: policyArn}];
  const page = pageOf(
    attached.filter((policy) => policy.PolicyArn.split(':policy')[1]?.startsWith(input.PathPrefix)),
    {
      subject: 'ListAttachedRolePolicies',
      key: (policy) => policy.PolicyArn,
      size: input.MaxItems,
      token: input.Marker,
      invalidToken: invalidMarker,
    },
  );
  return {AttachedPolicies: page.items, IsTruncated: page.nextToken !== undefined, Marker: page.nextToken};
};

function roleView(account: AccountState, role: Role, now: number): object {
  const {id} = account.scenario.account;
  const {lastUsed, trusts} = account.scenario.role;
  const trust = {
    Version: '2012-10-17',
    Statement: [{Effect: 'Allow', Principal: {Service: trusts}, Action: 'sts:AssumeRole'}],
  };
  return {
    Path: rolePath,
    RoleName: roleName,
    RoleId: role.id,
    Arn: `arn:aws:iam::${id}:role${rolePath}${roleName}`,
    CreateDate: seconds(role.createdAt),
    AssumeRolePolicyDocument: encodeURIComponent(JSON.stringify(trust)),
    Description: role.description,
    MaxSessionDuration: 3600,
    RoleLastUsed:
      lastUsed === undefined
        ? {}
        : {LastUsedDate: seconds(now - lastUsed.hoursAgo * 3_600_000), Region: lastUsed.region},
  };
}

/** IAM's dates have no fraction of a second. */
function seconds(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, 'Z');
}
