import {randomBytes} from 'node:crypto';
import {z} from 'zod';
import {ServiceError} from '../service-error.ts';
import {validate} from '../validate.ts';
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

/** How long the keys of a session last, in ms: AWS's own default. */
const sessionMs = 3_600_000;

/** Gives out keys for the roles that the scenario names, to whoever knows what they want. */
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
  const accessKeyId = `ASIA${randomBytes(8).toString('hex').toUpperCase()}`;
  const [, , , , account = '', resource = ''] = wanted.RoleArn.split(':');
  const session = {
    secretAccessKey: randomBytes(30).toString('base64url'),
    sessionToken: randomBytes(180).toString('base64url'),
    caller: `arn:aws:sts::${account}:assumed-role/${resource.split('/').at(-1)}/${wanted.RoleSessionName}`,
  };
  call.account.sessions.set(accessKeyId, session);
  return {
    Credentials: {
      AccessKeyId: accessKeyId,
      SecretAccessKey: session.secretAccessKey,
      SessionToken: session.sessionToken,
      // The real time: clients judge by their own clock when to ask for new keys.
      Expiration: new Date(Date.now() + sessionMs).toISOString(),
    },
    AssumedRoleUser: {AssumedRoleId: `AROAEXAMPLE:${wanted.RoleSessionName}`, Arn: session.caller},
  };
};
