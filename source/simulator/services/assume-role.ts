import {z} from 'zod';
import {ServiceError} from '../service-error.ts';
import type {AccountState, MemberAccount} from '../state/account-state.ts';
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
  DurationSeconds: z.coerce.number().int().min(900).max(43_200).optional(),
});

/** Issues keys for the scenario's roles to callers who meet their conditions. */
export const assumeRole: Operation = (call) => {
  const wanted = validate(input, call.input, 'ValidationError');
  if (call.account.organization?.mayAssume(call.now) === false) {
    throw new ServiceError('Throttling', 400, 'Rate exceeded');
  }
  const member = memberOf(call.account, wanted.RoleArn);
  if (member !== undefined) {
    if (!opens(member, wanted.RoleArn, wanted.ExternalId)) throw notAuthorized(call.caller, wanted.RoleArn);
    const {sessionSeconds, sessionsEndAfter} = member;
    return startSession(call.account, wanted.RoleArn, wanted.RoleSessionName, {
      announcedMs: Math.min(wanted.DurationSeconds ?? Infinity, sessionSeconds) * 1000,
      endsAt: sessionsEndAfter === undefined ? undefined : call.now + sessionsEndAfter * 1000,
    });
  }
  const {assumableRoles} = call.account.scenario.account;
  const role = assumableRoles.find(({arn}) => arn === wanted.RoleArn);
  const knows =
    role !== undefined &&
    role.externalId === wanted.ExternalId &&
    (role.mfa === undefined || role.mfa.serial === wanted.SerialNumber);
  if (!knows) throw notAuthorized(call.caller, wanted.RoleArn);
  if (role.mfa !== undefined && role.mfa.code !== wanted.TokenCode) {
    throw new ServiceError(
      'AccessDenied',
      403,
      'MultiFactorAuthentication failed with invalid MFA one time pass code.',
    );
  }
  return startSession(call.account, wanted.RoleArn, wanted.RoleSessionName);
};

function memberOf({organization}: AccountState, roleArn: string): MemberAccount | undefined {
  return organization?.members.get(roleArn.split(':')[4] ?? '');
}

/** A suspended account answers as one without the role: STS does not say why it refuses. */
function opens(
  {id, state, role, externalId}: MemberAccount,
  roleArn: string,
  given: string | undefined,
): boolean {
  return state === 'ACTIVE' && roleArn === `arn:aws:iam::${id}:role/${role}` && externalId === given;
}

function notAuthorized(caller: string, roleArn: string): ServiceError {
  const message = `User: ${caller} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`;
  return new ServiceError('AccessDenied', 403, message);
}
