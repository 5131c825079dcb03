/**
 * Why something could not be done. `kind` is what an operator acts on; `name` is the service's own word for it.
 *
 * - `denied`: refused by a policy · `not-enabled`: the Region is switched off for the account · `no-endpoint`: the
 *   service has no address there · `credentials`: expired, missing or wrong · `refused-token`: good credentials that
 *   this one Region does not take · `clock`: this host's clock is off ·
 *   `tls`: a certificate that is not trusted · `proxy`: a proxy refused to pass it on · `throttled`, `transient`:
 *   tried until the tries ran out · `timeout`: no answer in time · `garbled`: an answer that is not the operation's ·
 *   `busy`: something uses the resource, or works on it: a change is tried again for minutes · `not-found`, `invalid`,
 *   `conflict`: the service's refusal of this very request · `exists`: what it makes is there already · `quota`: the account has too many already · `local`: this
 *   host has no file, port or memory left for it · `expression`, `assertion`, `waiter`: the runbook's own conditions ·
 *   `unsafe`: Handrail refused to send it.
 */
export const faultKinds = [
  'denied',
  'not-enabled',
  'no-endpoint',
  'credentials',
  'refused-token',
  'clock',
  'tls',
  'proxy',
  'throttled',
  'transient',
  'timeout',
  'garbled',
  'busy',
  'not-found',
  'invalid',
  'conflict',
  'exists',
  'quota',
  'local',
  'expression',
  'assertion',
  'waiter',
  'unsafe',
] as const;

export type FaultKind = (typeof faultKinds)[number];

/** One failure, as data: it is journaled, shown and matched by `retry` and `catch`. */
export interface Fault {
  readonly kind: FaultKind;
  /** The error's name as the service or the engine calls it, such as `AccessDeniedException` or `WaiterFailed`. */
  readonly name: string;
  readonly message: string;
  /** HTTP status of the answer, when there was one. */
  readonly status?: number;
  readonly requestId?: string;
  /** Next action for the operator, in one line. */
  readonly remedy?: string;
  /** False for credentials that nothing outside of this process can renew, such as those of its environment. */
  readonly renewable?: false;
  /** The remedy says how to sign in again. */
  readonly signIn?: true;
  /** Final for any kind: the next try would end the same way. */
  readonly final?: true;
  /** The service asked not to be called again before so many ms. */
  readonly retryAfterMs?: number;
  /** A page was refused for its token, which has ended: the list has to be begun again. */
  readonly tokenEnded?: true;
}

/**
 * Returns true if the same request may succeed a little later. A request refused for its time counts, since the SDK
 * has learned the right time from the refusal.
 */
export function isPassing({kind, final}: Fault): boolean {
  if (final === true) return false;
  return ['throttled', 'transient', 'timeout', 'garbled', 'clock', 'local'].includes(kind);
}

/** Returns true if the request may have taken effect although it failed. */
export function isUnanswered({kind}: Fault): boolean {
  return kind === 'transient' || kind === 'timeout' || kind === 'garbled';
}

/** A condition of the runbook that could not be worked out; `error` says why. */
export function expressionFault(error: Error): Fault {
  return {
    kind: 'expression',
    name: 'ExpressionError',
    message: error.message,
    remedy: 'the runbook and what AWS answered do not fit: nothing was concluded from it',
  };
}

/**
 * Returns true if a fault has a name that `errorEquals` may use. These are the exact name, the name without
 * `Exception`, `All`, and `AlreadyExists` for any service's word for it. `All` leaves out what Handrail itself found
 * wrong: such a fault says nothing about the account.
 */
export function faultMatches(fault: Fault, errorEquals: readonly string[]): boolean {
  return errorEquals.some(
    (wanted) =>
      (wanted === 'All' && !isOwn(fault)) ||
      bareName(wanted) === bareName(fault.name) ||
      (wanted === 'AlreadyExists' && fault.kind === 'exists'),
  );
}

/** Returns true for a fault of Handrail's own judgment: of the runbook, of an answer, or of a request before it is sent. */
function isOwn({kind, name}: Fault): boolean {
  return kind === 'expression' || kind === 'garbled' || kind === 'unsafe' || name === 'ReadBackDiffers';
}

function bareName(name: string): string {
  return name.replace(/(Exception|Error)$/, '');
}

/** Name of the fault of a Region that needs a change and is not among those named for changes. */
export const outsideNamedRegions = 'OutsideNamedRegions';
