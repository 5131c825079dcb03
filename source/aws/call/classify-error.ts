import type {Fault} from '../../engine/model/fault.ts';
import {BadSetting} from '../connection/bad-setting.ts';
import {causeOf, type Cause, type SdkError} from './error-causes.ts';
import type {RawAnswer} from './raw-response.ts';
import {shellWord} from '../credentials/shell-word.ts';
import {redacted} from '../../text/redact.ts';
import {isTokenEnded} from './token-ended.ts';

/** Longest message that is kept, in characters: a line, not a page. */
const maxMessageLength = 500;

/**
 * Classifies a failed SDK call, with the response that it failed on if there was one. `profile` is the one in
 * use. The remedy names it, because the terminal where the operator signs in does not know it.
 */
export function classify(thrown: unknown, raw?: RawAnswer, profile?: string): Fault {
  if (thrown instanceof BadSetting) {
    const {kind, name, remedy, signIn} = thrown;
    const message = redacted(thrown.message).slice(0, maxMessageLength);
    return {kind, name, message, remedy, ...(signIn ? {signIn: true as const} : {})};
  }
  const error = (
    typeof thrown === 'object' && thrown !== null ? thrown : {message: String(thrown)}
  ) as SdkError;
  const answered = error.$metadata?.httpStatusCode ?? raw?.status;
  const cause = causeOf({...about(error), $metadata: {httpStatusCode: answered ?? 0}});
  const {kind, saying} = cause;
  const remedy = remedyOf(cause, profile);
  const unreadable = error.name === 'SyntaxError' || (raw !== undefined && raw.status < 300);
  if (unreadable && kind !== 'proxy') {
    return garbled('half an answer came, or one in another format', answered);
  }
  const requestId = error.$metadata?.requestId;
  const message = messageOf(error);
  const retryAfterMs = retryAfterOf(raw?.retryAfter);
  return {
    kind,
    name: nameOf(error),
    message: saying === undefined ? message : `${saying}: ${message}`,
    ...(answered === undefined ? {} : {status: answered}),
    ...(requestId === undefined ? {} : {requestId}),
    ...(retryAfterMs === undefined ? {} : {retryAfterMs}),
    ...(isTokenEnded(error) ? {tokenEnded: true as const} : {}),
    ...(remedy === undefined ? {} : {remedy}),
    ...(cause.signIn === true ? {signIn: true as const} : {}),
  };
}

/** Longest wait that a header can ask for, in ms: what stands between this host and AWS can write anything there. */
const mostRetryAfterMs = 300_000;

/** The time that a Retry-After header asks for, in ms. Only seconds: AWS sends no dates there. */
function retryAfterOf(header: string | undefined): number | undefined {
  if (header === undefined || !/^\d{1,9}$/.test(header.trim())) return undefined;
  return Math.min(mostRetryAfterMs, Number(header) * 1000);
}

function remedyOf({remedy, signIn}: Cause, profile: string | undefined): string | undefined {
  if (remedy === undefined || signIn !== true) return remedy;
  return `${remedy} (for SSO: aws sso login${profile === undefined ? '' : ` --profile ${shellWord(profile)}`})`;
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
