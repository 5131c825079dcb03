import type {FaultKind} from '../../engine/model/fault.ts';

/** A failure of the SDK, as far as it is looked at. */
export interface SdkError {
  readonly name?: string;
  readonly code?: string;
  readonly message?: string;
  readonly $metadata?: {readonly httpStatusCode?: number; readonly requestId?: string};
  readonly $retryable?: {readonly throttling?: boolean};
}

/** Causes of failed calls, each with a one-line remedy for the operator. */
export interface Cause {
  readonly kind: FaultKind;
  readonly remedy?: string;
  /** The operator has to sign in again; the command to type follows the remedy. */
  readonly signIn?: true;
  /** Said before the service's own message, where that does not make it plain. */
  readonly saying?: string;
  readonly fits: (error: SdkError) => boolean;
}

const named =
  (pattern: RegExp) =>
  ({name = ''}: SdkError): boolean =>
    pattern.test(name);
const coded =
  (pattern: RegExp) =>
  ({code = ''}: SdkError): boolean =>
    pattern.test(code);
const status =
  (least: number, most = least) =>
  ({$metadata}: SdkError): boolean => {
    const code = $metadata?.httpStatusCode ?? 0;
    return code >= least && code <= most;
  };

const isDenial = named(/^(AccessDenied|Forbidden|UnauthorizedOperation|NotAuthorized)/);
const denial =
  (wording: RegExp) =>
  (error: SdkError): boolean =>
    isDenial(error) && wording.test(error.message ?? '');

const namesWhatExists = named(/^[A-Za-z]*AlreadyExists/);
/** IAM calls a service-linked role that is there already an invalid input. */
const isTakenName = ({name = '', message = ''}: SdkError): boolean =>
  name.startsWith('InvalidInput') && /has been taken in this account/.test(message);

const absent = 'look whether it was deleted, or is called otherwise';

/** Default where no other cause fits. */
const unfit: Cause = {
  kind: 'invalid',
  remedy: 'AWS does not take the request as it is: correct the input, or the runbook',
  fits: () => true,
};

const leaveOut = 'or go on without this Region by name: --waive REGION';

/** Refusals by a policy. AWS says in the message which kind of policy it was; the first that fits counts. */
const denials: readonly Cause[] = [
  {
    kind: 'denied',
    saying: 'denied by an SCP',
    remedy: `the organization forbids it: ask its administrators, ${leaveOut}`,
    fits: denial(/service control policy/),
  },
  {
    kind: 'denied',
    saying: 'denied by an RCP',
    remedy: `the organization forbids it: ask its administrators, ${leaveOut}`,
    fits: denial(/resource control policy/),
  },
  {
    kind: 'denied',
    saying: 'denied by a permissions boundary',
    remedy:
      "the caller's permissions boundary does not let it: use another role, or have the boundary changed",
    fits: denial(/permissions boundary/),
  },
  {
    kind: 'denied',
    saying: 'denied by a session policy',
    remedy: 'the policy that this session was started with does not let it: start a session without it',
    fits: denial(/session policy/),
  },
  {
    kind: 'denied',
    saying: 'denied by a VPC endpoint policy',
    remedy:
      'the VPC endpoint between this host and AWS does not let it: have its policy changed, or go around it',
    fits: denial(/VPC endpoint policy/),
  },
  {
    kind: 'credentials',
    remedy: 'the MFA code was not accepted: wait for the next one and type it',
    fits: denial(/MultiFactorAuthentication failed/),
  },
  {
    kind: 'denied',
    remedy: "have this identity allowed by the role's trust policy, or correct the ARN of the role",
    fits: denial(/AssumeRoleWithWebIdentity/),
  },
  {
    kind: 'denied',
    remedy:
      'have sts:AssumeRole allowed to this caller, in its own policy and in the trust policy of the role',
    fits: denial(/sts:AssumeRole/),
  },
  {
    kind: 'denied',
    saying: 'denied by IAM',
    remedy: 'a policy of the caller denies it outright: have the statement changed, or use another role',
    fits: denial(/explicit deny/),
  },
  {
    kind: 'denied',
    saying: 'denied by IAM',
    remedy: 'have the permission added to a policy of the caller, or use another role',
    fits: isDenial,
  },
];

const network: readonly Cause[] = [
  // Nothing was sent: the socket, or a file on the way to it, could not be opened.
  {
    kind: 'local',
    saying: 'this host has no file, port or memory left for it',
    remedy:
      'raise its limit (ulimit -n 4096) or close other programs, then run it again; --max-concurrency asks for less',
    fits: coded(/^(EMFILE|ENFILE|ENOMEM|ENOBUFS|EADDRNOTAVAIL|EAGAIN)$/),
  },
  {
    kind: 'no-endpoint',
    remedy:
      'the name does not resolve: the service may not be in this Region; else check the DNS of this host',
    fits: coded(/^ENOTFOUND$/),
  },
  {
    kind: 'proxy',
    remedy:
      'the proxy refused to connect: check HTTPS_PROXY, its credentials, and whether NO_PROXY should hold AWS',
    fits: coded(/^ERR_PROXY_/),
  },
  {kind: 'proxy', remedy: 'the proxy wants credentials: put them into HTTPS_PROXY', fits: status(407)},
  {
    kind: 'tls',
    remedy: "the certificate is not one this host trusts: name the network's own CA with AWS_CA_BUNDLE",
    fits: coded(/CERT|^ERR_TLS_|^ERR_SSL_|^EPROTO$|^HOSTNAME_MISMATCH$|^UNABLE_TO_/),
  },
  // Before the time-outs: the SDK calls a connection that was cut a time-out too.
  {
    kind: 'transient',
    remedy: 'the connection broke: check the network between this host and AWS, then run it again',
    fits: coded(/^(EAI_AGAIN|ECONNREFUSED|ECONNRESET|EPIPE|EHOSTUNREACH|ENETUNREACH|ECONNABORTED|UND_ERR)/),
  },
  {
    kind: 'timeout',
    remedy: 'check the network between this host and AWS, then run it again',
    fits: (error) => coded(/^ETIMEDOUT$/)(error) || named(/^(TimeoutError|AbortError)$/)(error),
  },
];

/** Names that services give to failures. Sources: their API references, and the lists in the SDK's own retry code. */
const refusals: readonly Cause[] = [
  {
    kind: 'throttled',
    remedy: 'wait a little, then run it again; --max-concurrency makes it gentler',
    fits: named(
      /^(Throttl|RequestThrottled|TooManyRequests|CallRateLimitExceeded|RequestLimitExceeded|SlowDown|PriorRequestNotComplete|BandwidthLimitExceeded|LimitExceeded|EC2Throttled|ProvisionedThroughputExceeded|TransactionInProgress)/,
    ),
  },
  {
    kind: 'clock',
    remedy: "this host's clock is off by minutes: set it right (NTP), then run it again",
    fits: (error) =>
      named(/^(RequestTimeTooSkewed|RequestExpired|RequestInTheFuture)/)(error) ||
      (named(/^(InvalidSignature|SignatureDoesNotMatch)/)(error) &&
        /signature (expired|not yet current)/i.test(error.message ?? '')),
  },
  {
    kind: 'credentials',
    remedy: 'the session has ended: sign in again',
    signIn: true,
    fits: named(/^(ExpiredToken|TokenRefreshRequired|InvalidIdentityToken|IDPRejectedClaim)/),
  },
  {
    kind: 'credentials',
    remedy: 'give the code that the device shows with --mfa-code, or run it on a terminal',
    fits: named(/^NoMfaCode$/),
  },
  {
    kind: 'credentials',
    remedy: 'it is asked for again as soon as the run goes on',
    fits: named(/^WaitInterrupted$/),
  },
  {
    kind: 'credentials',
    remedy: 'no credentials were found: name a profile with --profile, or sign in',
    signIn: true,
    fits: named(/^(CredentialsProviderError|TokenProviderError|ProviderError|MissingAuthenticationToken)/),
  },
  {
    kind: 'credentials',
    remedy: 'the secret key does not belong to the access key, or a proxy changed the request',
    fits: named(/^(InvalidSignature|SignatureDoesNotMatch|IncompleteSignature)/),
  },
  {
    kind: 'credentials',
    remedy: 'the access key is not known to AWS: check it, or sign in again',
    fits: named(/^(InvalidAccessKeyId|AuthFailure)/),
  },
  {
    kind: 'not-enabled',
    remedy: 'enable the Region for the account, or renew an old session token: the answers look the same',
    fits: named(/^(UnrecognizedClient|InvalidClientTokenId)/),
  },
  {
    kind: 'not-enabled',
    remedy:
      'the account has not signed up for this service there: sign up, or go on without it: --waive REGION',
    fits: named(/^(OptInRequired|SubscriptionRequired)/),
  },
  ...denials,
  {
    kind: 'quota',
    remedy: 'the account has as many as it may: take some away or have the quota raised, then run it again',
    fits: named(/^(ServiceQuotaExceeded|QuotaExceeded)/),
  },
  {
    kind: 'transient',
    remedy: 'AWS could not reach the identity provider: wait a little, then run it again',
    fits: named(/^IDPCommunicationError/),
  },
  {
    kind: 'not-found',
    remedy: absent,
    fits: named(/^(NoSuchEntity|ResourceNotFound|NotFound|ParameterNotFound)/),
  },
  {
    kind: 'busy',
    remedy: 'something still uses it or works on it: wait a few minutes, then run it again',
    fits: named(/^(ResourceInUse|ResourceDependency|ConcurrentModification)/),
  },
  {
    kind: 'conflict',
    remedy: 'something still belongs to it: take that away first, then run it again',
    fits: named(/^DeleteConflict/),
  },
  {
    kind: 'exists',
    remedy: 'check whether the existing one will do; if not, remove it or choose another name',
    fits: (error) => namesWhatExists(error) || isTakenName(error),
  },
  {
    kind: 'conflict',
    remedy: 'it conflicts with the present state: look at that, then run it again',
    fits: named(/^(IdempotentParameterMismatch|Conflict)/),
  },
  {
    kind: 'transient',
    remedy: 'AWS had an internal fault: wait a little, then run it again',
    fits: named(
      /^(InternalFailure|InternalError|InternalServer|ServiceUnavailable|ServiceFailure|ServiceException|ServiceLinkedRoleFailure)/,
    ),
  },
];

/** Fallback when the error's name is no help. */
const leftovers: readonly Cause[] = [
  {
    kind: 'throttled',
    remedy: 'wait a little, then run it again; --max-concurrency makes it gentler',
    fits: (error) => error.$retryable?.throttling === true || status(429)(error),
  },
  {
    kind: 'transient',
    remedy: 'AWS had an internal fault: wait a little, then run it again',
    fits: status(500, 599),
  },
  {
    kind: 'denied',
    remedy: 'have the permission added to a policy of the caller, or use another role',
    fits: (error) => status(401)(error) || status(403)(error),
  },
  {
    kind: 'quota',
    remedy: 'the account has as many as it may: take some away or have the quota raised, then run it again',
    fits: status(402),
  },
  {kind: 'not-found', remedy: absent, fits: status(404)},
  unfit,
];

const causes: readonly Cause[] = [...network, ...refusals, ...leftovers];

/** The first cause that fits: there always is one. */
export function causeOf(error: SdkError): Cause {
  return causes.find(({fits}) => fits(error)) ?? unfit;
}
