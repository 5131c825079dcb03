import type {FaultName} from './faults.ts';
import type {WireAnswer} from './protocols/protocol.ts';
import {ServiceError} from './service-error.ts';
import type {CommonErrors, Service} from './services/service.ts';

/** Effect of a fault on one request. */
export type FaultEffect =
  | {readonly kind: 'refuse'; readonly error: ServiceError}
  | {readonly kind: 'answer'; readonly answer: WireAnswer}
  /** The operation is performed, and its lists are not as the client has to find them. */
  | {readonly kind: 'alter'; readonly lists: 'missing' | 'null' | 'text'}
  /** Half of an answer, and nothing more. */
  | {readonly kind: 'stall'; readonly answer: WireAnswer}
  /** The connection is cut; with `performed`, after the operation has taken effect. */
  | {readonly kind: 'reset'; readonly performed: boolean}
  | {readonly kind: 'hang'};

interface Befallen {
  readonly caller: string;
  readonly service: string;
  readonly operation: string;
  /** The session token of the request, which AWS quotes when a signature is wrong. Nothing keeps it. */
  readonly sessionToken: string;
}

const json = {'content-type': 'application/json'};

const portal =
  '<!DOCTYPE html><html><head><title>Sign in</title></head><body>Sign in to the network</body></html>';

/** Wire form of each fault, by the service it befalls. Wordings of denials are AWS's. */
export function faultEffect(name: FaultName, service: Service, request: Befallen): FaultEffect {
  const {errors} = service;
  switch (name) {
    case 'throttle':
      return refuse(errors.throttle, 'Rate exceeded');
    case 'requestLimit':
      return refuse(['RequestLimitExceeded', 503], 'Request limit exceeded.');
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
    case 'deniedExplicitly':
      return deny(errors, request, () => 'with an explicit deny in an identity-based policy');
    case 'deniedByScp':
      return deny(errors, request, () => 'with an explicit deny in a service control policy');
    case 'deniedByMissingScp':
      return deny(
        errors,
        request,
        (action) => `because no service control policy allows the ${action} action`,
      );
    case 'deniedByRcp':
      return deny(errors, request, () => 'with an explicit deny in a resource control policy');
    case 'deniedByBoundary':
      return deny(errors, request, (action) => `because no permissions boundary allows the ${action} action`);
    case 'deniedBySessionPolicy':
      return deny(errors, request, (action) => `because no session policy allows the ${action} action`);
    case 'deniedByEndpointPolicy':
      return deny(errors, request, (action) => `because no VPC endpoint policy allows the ${action} action`);
    case 'missingToken':
      return refuse(['MissingAuthenticationToken', 403], 'Request is missing Authentication Token');
    case 'badSignature':
      return refuse([errors.clockSkew, 403], wrongSignature(request.sessionToken));
    case 'optInRequired':
      return refuse(['OptInRequired', 403], 'The AWS Access Key Id needs a subscription for the service');
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
    case 'proxyAuth':
      return garbled(407, 'text/html', '<html><body>Proxy Authentication Required</body></html>');
    case 'redirect':
      return redirect('http://portal.example/login');
    case 'html200':
      return garbled(200, 'text/html', portal);
    case 'html403':
      return garbled(403, 'text/html', portal);
    case 'html502':
      return garbled(502, 'text/html', '<html><body><h1>502 Bad Gateway</h1></body></html>');
    case 'html503':
      return garbled(503, 'text/html', '<html><body><h1>503 Service Unavailable</h1></body></html>');
    case 'emptyBody':
      return garbled(200, 'application/json', '');
    case 'emptyObject':
      return garbled(200, 'application/json', '{}');
    case 'missingList':
      return {kind: 'alter', lists: 'missing'};
    case 'nullList':
      return {kind: 'alter', lists: 'null'};
    case 'listIsText':
      return {kind: 'alter', lists: 'text'};
    case 'stalledBody':
      return {kind: 'stall', answer: {status: 200, headers: json, body: '{"requestId":"0'}};
    case 'invalidRequest':
      return refuse(['InvalidRequestException', 400], 'The request is not valid.');
    case 'resourceInUse':
      return refuse(
        ['ResourceInUseException', 400],
        'The resource that you are trying to operate on is currently in use.',
      );
    case 'resourceDependency':
      return refuse(
        ['ResourceDependencyException', 400],
        'The resource has a dependency that prohibits this action.',
      );
    case 'unknownError':
      return garbled(400, 'application/json', '{"message":"Something is not right."}');
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

function deny(errors: CommonErrors, request: Befallen, why: (action: string) => string): FaultEffect {
  const action = `${request.service}:${request.operation}`;
  const message = `User: ${request.caller} is not authorized to perform: ${action} on resource: * ${why(action)}`;
  return refuse([errors.accessDenied, 403], message);
}

/** Builds AWS's wording with the parts of the request that it quotes. */
function wrongSignature(sessionToken: string): string {
  return (
    'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access ' +
    'Key and signing method. Consult the service documentation for details. The Canonical String for this request ' +
    `should have been 'POST / x-amz-security-token:${sessionToken}'`
  );
}

function redirect(location: string): FaultEffect {
  return {
    kind: 'answer',
    answer: {status: 302, headers: {location, 'content-type': 'text/html'}, body: portal},
  };
}

function garbled(status: number, contentType: string, body: string): FaultEffect {
  return {kind: 'answer', answer: {status, headers: {'content-type': contentType}, body}};
}
