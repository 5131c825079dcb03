import {queryXml} from '../../protocols/query-xml.ts';
import type {Service} from '../service.ts';
import {listAccountAliases} from './account-aliases.ts';
import {getPolicy, getPolicyVersion} from './managed-policy.ts';
import {simulatePrincipalPolicy} from './policy-simulation.ts';
import {deleteServiceLinkedRole, getServiceLinkedRoleDeletionStatus} from './role-deletion.ts';
import {createServiceLinkedRole, getRole, listAttachedRolePolicies, updateRole} from './role.ts';

export const iam: Service = {
  protocol: queryXml('https://iam.amazonaws.com', '2010-05-08'),
  operations: {
    GetRole: getRole,
    UpdateRole: updateRole,
    ListAttachedRolePolicies: listAttachedRolePolicies,
    GetPolicy: getPolicy,
    GetPolicyVersion: getPolicyVersion,
    CreateServiceLinkedRole: createServiceLinkedRole,
    DeleteServiceLinkedRole: deleteServiceLinkedRole,
    GetServiceLinkedRoleDeletionStatus: getServiceLinkedRoleDeletionStatus,
    SimulatePrincipalPolicy: simulatePrincipalPolicy,
    ListAccountAliases: listAccountAliases,
  },
  errors: {
    throttle: ['Throttling', 400],
    serviceUnavailable: ['ServiceUnavailable', 503],
    internalError: ['ServiceFailure', 500],
    accessDenied: 'AccessDenied',
    expiredToken: 'ExpiredToken',
    unrecognizedClient: 'InvalidClientTokenId',
    clockSkew: 'SignatureDoesNotMatch',
  },
  regional: false,
};
