import {z} from 'zod';
import {ServiceError} from '../service-error.ts';
import {validate} from '../validate.ts';
import {startSession} from './role-session.ts';
import type {Operation} from './service.ts';

const input = z.object({
  RoleArn: z.string().min(20).max(2048),
  RoleSessionName: z.string().regex(/^[\w+=,.@-]{2,64}$/),
  ExternalId: z.string().min(2).optional(),
  SerialNumber: z.string().min(9).optional(),
  TokenCode: z
    .string()
    .regex(/^[0-9]{6}$/)
    .optional(),
});

/** Issues keys for the scenario's roles to callers who meet their conditions. */
export const assumeRole: Operation = (call) => {
  const wanted = validate(input, call.input, 'ValidationError');
  const {assumableRoles} = call.account.scenario.account;
  const role = assumableRoles.find(({arn}) => arn === wanted.RoleArn);
  const knows =
    role !== undefined &&
    role.externalId === wanted.ExternalId &&
    (role.mfa === undefined || role.mfa.serial === wanted.SerialNumber);
  if (!knows) {
    throw new ServiceError(
      'AccessDenied',
      403,
      `User: ${call.caller} is not authorized to perform: sts:AssumeRole on resource: ${wanted.RoleArn}`,
    );
  }
  if (role.mfa !== undefined && role.mfa.code !== wanted.TokenCode) {
    throw new ServiceError(
      'AccessDenied',
      403,
      'MultiFactorAuthentication failed with invalid MFA one time pass code.',
    );
  }
  return startSession(call.account, wanted.RoleArn, wanted.RoleSessionName);
};
