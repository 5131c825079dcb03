import type {Fault, FaultKind} from '../engine/fault.ts';

interface SdkError {
  readonly name?: string;
  readonly code?: string;
  readonly message?: string;
  readonly $metadata?: {readonly httpStatusCode?: number; readonly requestId?: string};
  readonly $retryable?: {readonly throttling?: boolean};
}

/** Error names by what an operator can do about them. Sources: the services' API references and `facts/aws.md`. */
const kinds: readonly (readonly [RegExp, FaultKind])[] = [
  [
    /^(Throttling|ThrottlingException|ThrottledException|RequestThrottled|TooManyRequests|CallRateLimitExceeded|RequestLimitExceeded|SlowDown|PriorRequestNotComplete|BandwidthLimitExceeded|LimitExceeded)/,
    'throttled',
  ],
  [
    /^(ExpiredToken|RequestExpired|TokenRefreshRequired|CredentialsProviderError|InvalidSignature|SignatureDoesNotMatch|IncompleteSignature|MissingAuthenticationToken|InvalidAccessKeyId|AuthFailure|RequestTimeTooSkewed)/,
    'credentials',
  ],
  [/^(UnrecognizedClient|InvalidClientTokenId|OptInRequired)/, 'not-enabled'],
  [/^(AccessDenied|Forbidden|UnauthorizedOperation|NotAuthorized)/, 'denied'],
  [/^(NoSuchEntity|ResourceNotFound|NotFound|ParameterNotFound)/, 'not-found'],
  [
    /^(ResourceInUse|ResourceDependency|DeleteConflict|ConcurrentModification|EntityAlreadyExists|IdempotentParameterMismatch|Conflict)/,
    'conflict',
  ],
  [
    /^(InternalFailure|InternalError|InternalServer|ServiceUnavailable|ServiceFailure|ServiceException|ServiceLinkedRoleFailure)/,
    'transient',
  ],
];

/** Node's codes for a connection that failed. */
const networkKinds: Readonly<Record<string, FaultKind>> = {
  ENOTFOUND: 'no-endpoint',
  EAI_AGAIN: 'transient',
  ECONNREFUSED: 'transient',
  ECONNRESET: 'transient',
  EPIPE: 'transient',
  EHOSTUNREACH: 'transient',
  ENETUNREACH: 'transient',
  ETIMEDOUT: 'timeout',
};

const remedies: Partial<Record<FaultKind, string>> = {
  denied: 'ask for the permission, or leave this Region out by naming the others with --region',
  'not-enabled':
    'enable the Region for the account, or renew an old session token: the answers look the same',
  'no-endpoint': 'check the Region name and the DNS of this host',
  credentials: 'renew the credentials, then run it again',
  throttled: 'wait a little, then run it again',
  transient: 'wait a little, then run it again',
  timeout: 'check the network between this host and AWS, then run it again',
  garbled: 'something between this host and AWS answers in its place: check proxies and portals',
};

/** What a failed SDK call means. `text` tells whether the failure was made of an answer that is no AWS answer. */
export function classify(thrown: unknown): Fault {
  const error = (
    typeof thrown === 'object' && thrown !== null ? thrown : {message: String(thrown)}
  ) as SdkError;
  const kind = kindOf(error);
  const status = error.$metadata?.httpStatusCode;
  const requestId = error.$metadata?.requestId;
  const remedy = remedies[kind];
  return {
    kind,
    name: nameOf(error, kind),
    message: messageOf(error, kind),
    ...(status === undefined ? {} : {status}),
    ...(requestId === undefined ? {} : {requestId}),
    ...(remedy === undefined ? {} : {remedy}),
  };
}

function kindOf(error: SdkError): FaultKind {
  const name = error.name ?? '';
  const network = networkKinds[error.code ?? ''];
  if (network !== undefined) return network;
  if (name === 'TimeoutError' || name === 'AbortError') return 'timeout';
  if (name === 'SyntaxError') return 'garbled';
  const named = kinds.find(([pattern]) => pattern.test(name));
  if (named !== undefined) return named[1];
  const status = error.$metadata?.httpStatusCode ?? 0;
  if (error.$retryable?.throttling === true || status === 429) return 'throttled';
  if (status >= 500) return 'transient';
  if (status === 401 || status === 403) return 'denied';
  return status === 404 ? 'not-found' : 'invalid';
}

function nameOf(error: SdkError, kind: FaultKind): string {
  if (kind === 'garbled') return 'GarbledAnswer';
  return error.code !== undefined && networkKinds[error.code] !== undefined
    ? error.code
    : (error.name ?? 'Error');
}

function messageOf(error: SdkError, kind: FaultKind): string {
  const text = (error.message ?? '').split('\n')[0]?.slice(0, 500) ?? '';
  if (kind === 'garbled') return 'the answer was not one that AWS gives';
  if (kind === 'denied' && /service control policy/.test(text)) return `denied by an SCP: ${text}`;
  return text === '' || text === 'UnknownError' ? `${error.name ?? 'Error'} without a message` : text;
}

/** A success that cannot be one. */
export function garbled(message: string): Fault {
  const remedy = remedies.garbled;
  return {kind: 'garbled', name: 'GarbledAnswer', message, ...(remedy === undefined ? {} : {remedy})};
}
