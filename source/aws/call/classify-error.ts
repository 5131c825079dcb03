import type {Fault} from '../../engine/model/fault.ts';
import {causeOf, type SdkError} from './error-causes.ts';
import type {RawAnswer} from './raw-response.ts';
import {redacted} from './redact.ts';

/** Longest message that is kept, in characters: a line, not a page. */
const maxMessageLength = 500;

/** What a failed SDK call means, with the answer that it failed on where there was one. */
export function classify(thrown: unknown, raw?: RawAnswer): Fault {
  const error = (
    typeof thrown === 'object' && thrown !== null ? thrown : {message: String(thrown)}
  ) as SdkError;
  const answered = error.$metadata?.httpStatusCode ?? raw?.status;
  const {kind, saying, remedy} = causeOf({...about(error), $metadata: {httpStatusCode: answered ?? 0}});
  const unreadable = error.name === 'SyntaxError' || (raw !== undefined && raw.status < 300);
  if (unreadable && kind !== 'proxy') {
    return garbled('half an answer came, or one in another format', answered);
  }
  const requestId = error.$metadata?.requestId;
  const message = messageOf(error);
  return {
    kind,
    name: nameOf(error),
    message: saying === undefined ? message : `${saying}: ${message}`,
    ...(answered === undefined ? {} : {status: answered}),
    ...(requestId === undefined ? {} : {requestId}),
    ...(remedy === undefined ? {} : {remedy}),
  };
}

/** The members of an error that are looked at: some of them are inherited, so they cannot be spread. */
function about({name = '', code = '', message = '', $retryable}: SdkError): SdkError {
  return {name, code, message, ...($retryable === undefined ? {} : {$retryable})};
}

function nameOf({name, code}: SdkError): string {
  const generic = name === undefined || name === 'Error' || name === 'AggregateError' || name === 'TypeError';
  return generic ? (code ?? name ?? 'Error') : name;
}

function messageOf(error: SdkError): string {
  const line = (error.message ?? '').split('\n')[0] ?? '';
  const text = redacted(line).slice(0, maxMessageLength);
  return text === '' || text === 'UnknownError' ? `${nameOf(error)} without a message` : text;
}

/** An answer that is none of AWS's, or not the operation's. `status`: the HTTP status that it came with. */
export function garbled(message: string, status?: number): Fault {
  return {
    kind: 'garbled',
    name: 'GarbledAnswer',
    message,
    ...(status === undefined ? {} : {status}),
    remedy:
      'something between this host and AWS answers in its place: check proxies, portals and the endpoint',
  };
}
