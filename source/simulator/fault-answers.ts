import type {FaultName} from './faults.ts';
import type {WireAnswer} from './protocols/protocol.ts';
import {ServiceError} from './service-error.ts';
import type {CommonErrors, Service} from './services/service.ts';

/** What a fault does to one request. */
export type FaultEffect =
  | {readonly kind: 'refuse'; readonly error: ServiceError}
  | {readonly kind: 'answer'; readonly answer: WireAnswer}
  /** The connection is cut; with `performed`, after the operation has taken effect. */
  | {readonly kind: 'reset'; readonly performed: boolean}
  | {readonly kind: 'hang'};

interface Denied {
  readonly caller: string;
  readonly service: string;
  readonly operation: string;
}

const portal =
  '<!DOCTYPE html><html><head><title>Sign in</title></head><body>Sign in to the network</body></html>';

/** What each fault looks like on the wire of the service that it befalls. Wordings of denials are AWS's own. */
export function faultEffect(name: FaultName, service: Service, request: Denied): FaultEffect {
  const {errors} = service;
  switch (name) {
    case 'throttle':
      return refuse(errors.throttle, 'Rate exceeded');
    case 'serviceUnavailable':
      return refuse(errors.serviceUnavailable, 'The service is unavailable. Try again later.');
    case 'internalError':
      return refuse(errors.internalError, 'The service met an internal error.');
    case 'accessDenied':
      return deny(
        errors,
        request,
        (action) => `because no identity-based policy allows the ${action} action`,
      );
    case 'deniedByScp':
      return deny(errors, request, () => 'with an explicit deny in a service control policy');
    case 'deniedByMissingScp':
      return deny(
        errors,
        request,
        (action) => `because no service control policy allows the ${action} action`,
      );
    case 'deniedByBoundary':
      return deny(errors, request, (action) => `because no permissions boundary allows the ${action} action`);
    case 'deniedBySessionPolicy':
      return deny(errors, request, (action) => `because no session policy allows the ${action} action`);
    case 'expiredToken':
      return refuse([errors.expiredToken, 403], 'The security token included in the request is expired');
    case 'unrecognizedClient':
      return refuse(
        [errors.unrecognizedClient, 403],
        'The security token included in the request is invalid.',
      );
    case 'clockSkew':
      return refuse(
        [errors.clockSkew, 403],
        'Signature expired: the request time is too far from the time here.',
      );
    case 'html200':
      return garbled(200, 'text/html', portal);
    case 'html403':
      return garbled(403, 'text/html', portal);
    case 'html503':
      return garbled(503, 'text/html', '<html><body><h1>503 Service Unavailable</h1></body></html>');
    case 'emptyBody':
      return garbled(200, 'application/json', '');
    case 'emptyObject':
      return garbled(200, 'application/json', '{}');
    case 'truncatedBody':
      return garbled(200, 'application/json', '{"requestId":"0');
    case 'reset':
      return {kind: 'reset', performed: false};
    case 'lostAnswer':
      return {kind: 'reset', performed: true};
    case 'hang':
      return {kind: 'hang'};
  }
}

function refuse([code, status]: readonly [string, number], message: string): FaultEffect {
  return {kind: 'refuse', error: new ServiceError(code, status, message)};
}

function deny(errors: CommonErrors, request: Denied, why: (action: string) => string): FaultEffect {
  const action = `${request.service}:${request.operation}`;
  const message = `User: ${request.caller} is not authorized to perform: ${action} on resource: * ${why(action)}`;
  return refuse([errors.accessDenied, 403], message);
}

function garbled(status: number, contentType: string, body: string): FaultEffect {
  return {kind: 'answer', answer: {status, headers: {'content-type': contentType}, body}};
}
