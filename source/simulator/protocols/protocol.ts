import type {IncomingHttpHeaders} from 'node:http';
import type {ServiceError} from '../service-error.ts';

/** A request as it came over the wire, its body read to the end. */
export interface WireRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Wire format of a service's operations. */
export interface Protocol {
  /** The operation's name as the request gives it; it may be one that the service does not have. */
  readonly operationOf: (request: WireRequest) => string;
  /** @throws {ServiceError} when the body cannot be read. */
  readonly inputOf: (request: WireRequest) => Record<string, unknown>;
  readonly answer: (operation: string, output: object, requestId: string) => WireAnswer;
  readonly refuse: (error: ServiceError, requestId: string) => WireAnswer;
  readonly unknownOperation: (operation: string) => ServiceError;
}
