import type {FaultKind} from '../../source/engine/model/fault.ts';
import type {FaultName} from '../../source/simulator/faults.ts';

/** A way in which a call can fail, and what Handrail has to make of it. */
export interface FaultClass {
  readonly fault: FaultName;
  /** What it looks like on the wire, for the table. */
  readonly wire: string;
  readonly kind: FaultKind;
  /** Set when only an answer with a list can fail so. */
  readonly listsOnly?: boolean;
}

/** Every class that the simulator can play. The right kind is written down here by hand: it is the test's own word. */
export const faultClasses: readonly FaultClass[] = [
  {fault: 'throttle', wire: 'the service’s throttling error', kind: 'throttled'},
  {fault: 'requestLimit', wire: '503 RequestLimitExceeded', kind: 'throttled'},
  {fault: 'serviceUnavailable', wire: '503 of the service', kind: 'transient'},
  {fault: 'internalError', wire: '500 of the service', kind: 'transient'},
  {fault: 'accessDenied', wire: '403, no identity-based policy allows it', kind: 'denied'},
  {fault: 'deniedExplicitly', wire: '403, explicit deny in an identity-based policy', kind: 'denied'},
  {fault: 'deniedByScp', wire: '403, explicit deny in a service control policy', kind: 'denied'},
  {fault: 'deniedByMissingScp', wire: '403, no service control policy allows it', kind: 'denied'},
  {fault: 'deniedByRcp', wire: '403, explicit deny in a resource control policy', kind: 'denied'},
  {fault: 'deniedByBoundary', wire: '403, no permissions boundary allows it', kind: 'denied'},
  {fault: 'deniedBySessionPolicy', wire: '403, no session policy allows it', kind: 'denied'},
  {fault: 'deniedByEndpointPolicy', wire: '403, no VPC endpoint policy allows it', kind: 'denied'},
  {fault: 'expiredToken', wire: '403 ExpiredToken', kind: 'credentials'},
  {fault: 'missingToken', wire: '403 MissingAuthenticationToken', kind: 'credentials'},
  {fault: 'badSignature', wire: '403, the signature does not match', kind: 'credentials'},
  {fault: 'clockSkew', wire: '403, signature expired', kind: 'clock'},
  {
    fault: 'unrecognizedClient',
    wire: '403, the token is invalid, in a Region that is enabled',
    kind: 'refused-token',
  },
  {fault: 'optInRequired', wire: '403 OptInRequired', kind: 'not-enabled'},
  {fault: 'proxyAuth', wire: '407 of a proxy', kind: 'proxy'},
  {fault: 'redirect', wire: '302 to a portal', kind: 'garbled'},
  {fault: 'html200', wire: '200 with a web page', kind: 'garbled'},
  {fault: 'html403', wire: '403 with a web page', kind: 'garbled'},
  {fault: 'html502', wire: '502 with a web page', kind: 'garbled'},
  {fault: 'html503', wire: '503 with a web page', kind: 'garbled'},
  {fault: 'emptyBody', wire: '200 with nothing', kind: 'garbled'},
  {fault: 'emptyObject', wire: '200 with {}', kind: 'garbled'},
  {fault: 'missingList', wire: '200 without the list', kind: 'garbled', listsOnly: true},
  {fault: 'nullList', wire: '200 with null for the list', kind: 'garbled', listsOnly: true},
  {fault: 'listIsText', wire: '200 with a text for the list', kind: 'garbled', listsOnly: true},
  {fault: 'truncatedBody', wire: '200, cut off in the middle', kind: 'garbled'},
  {fault: 'stalledBody', wire: '200, half a body and then silence', kind: 'timeout'},
  {fault: 'invalidRequest', wire: '400 InvalidRequestException', kind: 'invalid'},
  {fault: 'resourceInUse', wire: '400 ResourceInUseException', kind: 'busy'},
  {fault: 'resourceDependency', wire: '400 ResourceDependencyException', kind: 'busy'},
  {fault: 'unknownError', wire: '400 without a name', kind: 'invalid'},
  {fault: 'reset', wire: 'connection cut before anything happened', kind: 'transient'},
  {fault: 'lostAnswer', wire: 'connection cut after it happened', kind: 'transient'},
  {fault: 'hang', wire: 'no answer at all', kind: 'timeout'},
];
