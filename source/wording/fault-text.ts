import type {Identity} from '../engine/model/identity.ts';
import type {Fault, FaultKind} from '../engine/model/fault.ts';

const kinds: Readonly<Record<FaultKind, string>> = {
  denied: 'denied',
  'not-enabled': 'not enabled for this account',
  'no-endpoint': 'the service has no endpoint here',
  credentials: 'credentials refused',
  'refused-token': 'this Region does not take the session token',
  clock: 'this host’s clock is off',
  tls: 'certificate not trusted',
  proxy: 'stopped by the proxy',
  throttled: 'throttled',
  transient: 'service error',
  timeout: 'no answer in time',
  garbled: 'an answer that makes no sense',
  busy: 'in use',
  'not-found': 'not found',
  invalid: 'refused as invalid',
  conflict: 'conflict',
  exists: 'there already',
  quota: 'over a quota',
  local: 'this host has run out',
  expression: 'the runbook’s expression failed',
  assertion: 'check failed',
  waiter: 'the wait failed',
  unsafe: 'not sent, unsafe',
};

/** Formats a fault in a few words. */
export function faultWord(fault: Fault): string {
  if (fault.kind === 'denied' && /service control policy/i.test(fault.message)) return 'denied by an SCP';
  if (isCutOff(fault)) return 'connection failed';
  return kinds[fault.kind];
}

/** Returns true if no service was reached: the name is Node's code of a connection, not an answer of the service's. */
export function isCutOff({kind, name}: Fault): boolean {
  return kind === 'transient' && /^(E[A-Z_]+|UND_ERR\w*)$/.test(name);
}

/** Formats a fault in a word or two: `denied`, `not enabled`, `timeout`. */
export function faultBrief({kind}: Fault): string {
  return kind.replace('-', ' ');
}

/** Formats a fault with the message of the service or the engine. It always gives a reason. */
export function faultText(fault: Fault): string {
  const word = faultWord(fault);
  const said = fault.message === '' ? fault.name : fault.message;
  return said.startsWith(`${word}:`) || said.startsWith(`${word} by `) ? said : `${word}: ${said}`;
}

/** Formats a fault for short spaces. A denial leaves out the caller, who is the reader. */
export function shortFaultText(fault: Fault): string {
  const text = faultText(fault);
  return fault.kind === 'denied' ? text.replace(/User: \S+ is not authorized to perform: /, '') : text;
}

/**
 * Shortens a target to the part that identifies it within its kind: `base/1.4.2/7` of an image's ARN, `web-nightly`
 * of a pipeline's.
 */
export function shortTarget(key: string): string {
  const match = /^arn:[^:]*:[^:]*:[^:]*:[^:]*:(.+)$/.exec(key);
  const resource = match?.[1] ?? key;
  return match === null ? resource : resource.replace(/^[^/:]+[/:]/, '');
}

/** Formats the caller without the account: `ops/kim` of an assumed role, `user/kim` of a user. */
export function shortCaller({arn}: Identity): string {
  const resource = /^arn:[^:]*:[^:]*:[^:]*:[^:]*:(.+)$/.exec(arn)?.[1] ?? arn;
  return resource.replace(/^assumed-role\//, '');
}

export function accountText({account, alias}: Identity): string {
  return alias === undefined ? account : `${account} ${alias}`;
}

/** `1 change`, `2 changes`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}
