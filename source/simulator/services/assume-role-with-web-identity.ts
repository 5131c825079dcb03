import {z} from 'zod';
import {ServiceError} from '../service-error.ts';
import {validate} from '../validate.ts';
import {startSession} from './role-session.ts';
import type {Operation} from './service.ts';

const input = z.object({
  RoleArn: z.string().min(20).max(2048),
  RoleSessionName: z.string().regex(/^[\w+=,.@-]{2,64}$/),
  WebIdentityToken: z.string().min(4).max(20_000),
});

/** Claims of a token about its bearer. No signature is checked: the simulator knows no identity provider. */
const claims = z.object({
  iss: z.string().min(1),
  sub: z.string().min(1),
  aud: z.union([z.string(), z.array(z.string())]).optional(),
  /** Seconds since 1970. */
  exp: z.number(),
});

/** Gives out keys for a role of the scenario that wants nothing which a token cannot bring. It needs no signature. */
export const assumeRoleWithWebIdentity: Operation = (call) => {
  const wanted = validate(input, call.input, 'ValidationError');
  const bearer = readToken(wanted.WebIdentityToken);
  const now = Math.floor(Date.now() / 1000);
  if (bearer.exp <= now) {
    throw new ServiceError(
      'ExpiredTokenException',
      400,
      `Token expired: current date/time ${now} must be before the expiration date/time ${bearer.exp}`,
    );
  }
  const {assumableRoles} = call.account.scenario.account;
  const role = assumableRoles.find(({arn}) => arn === wanted.RoleArn);
  if (role === undefined || role.externalId !== undefined || role.mfa !== undefined) {
    throw new ServiceError('AccessDenied', 403, 'Not authorized to perform sts:AssumeRoleWithWebIdentity');
  }
  return {
    ...startSession(call.account, wanted.RoleArn, wanted.RoleSessionName),
    SubjectFromWebIdentityToken: bearer.sub,
    Provider: bearer.iss,
    Audience: [bearer.aud].flat()[0],
  };
};

/** The claims of a JSON Web Token. */
function readToken(token: string): z.infer<typeof claims> {
  const [, body = '', signature] = token.trim().split('.');
  const read = signature === undefined ? undefined : claims.safeParse(parsed(body));
  if (read?.success === true) return read.data;
  throw new ServiceError('InvalidIdentityToken', 400, 'The ID Token provided is not a valid JWT.');
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(Buffer.from(body, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
