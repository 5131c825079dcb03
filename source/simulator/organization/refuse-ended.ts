import {ServiceError} from '../service-error.ts';
import type {Service} from '../services/service.ts';
import type {AccountState} from '../state/account-state.ts';

/** Refuses keys of a session that has ended, and all keys of a suspended account. Throws ServiceError. */
export function refuseEnded(account: AccountState, service: Service, accessKeyId: string, at: number): void {
  const session = account.sessions.get(accessKeyId);
  const {expiredToken, unrecognizedClient} = service.errors;
  if (session?.endsAt !== undefined && at >= session.endsAt) {
    throw new ServiceError(expiredToken, 403, 'The security token included in the request is expired');
  }
  const state = account.organization?.members.get(session?.owner ?? '')?.state ?? 'ACTIVE';
  if (state === 'ACTIVE') return;
  throw new ServiceError(unrecognizedClient, 403, 'The security token included in the request is invalid.');
}
