import type {CredentialScope} from './credential-scope.ts';
import type {WireRequest} from './protocols/protocol.ts';
import {ServiceError} from './service-error.ts';
import type {Service} from './services/service.ts';
import {signatureProblem, type SigningKey} from './signature.ts';
import type {AccountState} from './state/account-state.ts';

/** Conditions that a strict simulator sets for every request. */
export interface Strictness {
  /** The keys it knows, by their id, beside those that AssumeRole gives out. */
  readonly keys: Readonly<Record<string, SigningKey>>;
}

/** Region that account-wide services are signed for, in the scenarios' partition. */
const globalRegion = 'us-east-1';

/**
 * Refuses requests that AWS would refuse unread: unknown keys, wrong signatures or tokens, a skewed clock, the
 * wrong Region. `now` is the server's time in ms. Throws ServiceError.
 */
export function refuseUnsigned(
  {keys}: Strictness,
  account: AccountState,
  service: Service,
  scope: CredentialScope,
  request: WireRequest,
  now: number,
): void {
  const key = account.sessions.get(scope.accessKeyId) ?? keys[scope.accessKeyId];
  const {unrecognizedClient, clockSkew} = service.errors;
  if (key === undefined) throw unknown(unrecognizedClient);
  const problem = signatureProblem(request, key, now);
  if (problem === 'token') throw unknown(unrecognizedClient);
  if (problem === 'skewed') {
    const time = new Date(now).toISOString();
    throw new ServiceError(clockSkew, 403, `Signature expired: the request's time is too far from ${time}.`);
  }
  if (problem === 'incomplete') {
    throw new ServiceError(
      'IncompleteSignature',
      403,
      'Authorization header lacks a part that must be there.',
    );
  }
  if (problem === 'mismatch') {
    throw new ServiceError(clockSkew, 403, 'The request signature we calculated does not match yours.');
  }
  if (!service.regional && scope.region !== globalRegion) {
    throw new ServiceError(clockSkew, 403, `Credential should be scoped to ${globalRegion}.`);
  }
}

function unknown(code: string): ServiceError {
  return new ServiceError(code, 403, 'The security token included in the request is invalid.');
}
