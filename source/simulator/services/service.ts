import type {Protocol} from '../protocols/protocol.ts';
import type {AccountState} from '../state/account-state.ts';

/** One call of an operation, its request decoded. */
export interface Call {
  readonly account: AccountState;
  /** The Region of the request's signature. */
  readonly region: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** Simulated milliseconds since 1970. */
  readonly now: number;
  readonly requestId: string;
  /** ARN of the caller that signed the request. */
  readonly caller: string;
}

/** Handles a call and returns the output's members. @throws {ServiceError} to refuse it. */
export type Operation = (call: Call) => object;

/** The codes and statuses in which a service reports trouble that any request can meet. */
export interface CommonErrors {
  readonly throttle: readonly [code: string, status: number];
  readonly serviceUnavailable: readonly [code: string, status: number];
  readonly internalError: readonly [code: string, status: number];
  readonly accessDenied: string;
  readonly expiredToken: string;
  readonly unrecognizedClient: string;
  readonly clockSkew: string;
}

export interface Service {
  readonly protocol: Protocol;
  /** By the operation's name. */
  readonly operations: Readonly<Record<string, Operation>>;
  /** Operations that are answered without a signature. */
  readonly unsigned?: readonly string[];
  /** Members of requests that hold credentials. The simulator does not keep them. */
  readonly secretMembers?: readonly string[];
  readonly errors: CommonErrors;
  /** True if the service is regional. A Region can then be disabled or unknown. */
  readonly regional: boolean;
}
