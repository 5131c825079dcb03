import {queryXml} from '../protocols/query-xml.ts';
import {assumeRole} from './assume-role.ts';
import {assumeRoleWithWebIdentity} from './assume-role-with-web-identity.ts';
import type {Operation, Service} from './service.ts';

const getCallerIdentity: Operation = (call) => {
  const {id} = call.account.scenario.account;
  return {
    UserId: `AROAEXAMPLECALLER00:${call.caller.split('/').at(-1) ?? ''}`,
    Account: id,
    Arn: call.caller,
  };
};

export const sts: Service = {
  protocol: queryXml('https://sts.amazonaws.com', '2011-06-15'),
  operations: {
    GetCallerIdentity: getCallerIdentity,
    AssumeRole: assumeRole,
    AssumeRoleWithWebIdentity: assumeRoleWithWebIdentity,
  },
  unsigned: ['AssumeRoleWithWebIdentity'],
  secretMembers: ['WebIdentityToken', 'TokenCode'],
  errors: {
    throttle: ['Throttling', 400],
    serviceUnavailable: ['ServiceUnavailable', 503],
    internalError: ['InternalFailure', 500],
    accessDenied: 'AccessDenied',
    expiredToken: 'ExpiredToken',
    unrecognizedClient: 'InvalidClientTokenId',
    clockSkew: 'SignatureDoesNotMatch',
  },
  regional: true,
};
