import {createHash, createHmac, timingSafeEqual} from 'node:crypto';
import type {WireRequest} from './protocols/protocol.ts';

/** Meaning of a key id. */
export interface SigningKey {
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Reason for refusing a signature. AWS tells these three apart. */
export type SignatureProblem = 'incomplete' | 'skewed' | 'mismatch' | 'token';

/** Largest difference between a request's time and the server's, in ms: AWS's five minutes. */
const toleranceMs = 300_000;

/**
 * Checks a Signature Version 4 by the specification, without the SDK's code. That makes it an independent check
 * of the SDK. `now` is the server's time in ms since the epoch.
 */
export function signatureProblem(
  request: WireRequest,
  key: SigningKey,
  now: number,
): SignatureProblem | undefined {
  const header = request.headers.authorization ?? '';
  const [, scope = ''] = /Credential=[^/\s]+\/([^,\s]+)/.exec(header) ?? [];
  const [, names = ''] = /SignedHeaders=([^,\s]+)/.exec(header) ?? [];
  const [, given = ''] = /Signature=([0-9a-f]{64})\b/.exec(header) ?? [];
  const signed = names.split(';');
  const time = headerOf(request, 'x-amz-date');
  const complete =
    given !== '' && signed.includes('host') && signed.includes('x-amz-date') && /^\d{8}T\d{6}Z$/.test(time);
  if (!complete) return 'incomplete';
  if (headerOf(request, 'x-amz-security-token') !== (key.sessionToken ?? '')) return 'token';
  if (key.sessionToken !== undefined && !signed.includes('x-amz-security-token')) return 'incomplete';
  if (Math.abs(timeOf(time) - now) > toleranceMs) return 'skewed';
  if (!time.startsWith(scope.split('/')[0] ?? '')) return 'mismatch';
  const text = ['AWS4-HMAC-SHA256', time, scope, sha256(canonicalRequest(request, signed))].join('\n');
  const expected = hmac(signingKey(key.secretAccessKey, scope), text);
  return timingSafeEqual(expected, Buffer.from(given, 'hex')) ? undefined : 'mismatch';
}

function canonicalRequest(request: WireRequest, signed: readonly string[]): string {
  const {url, method, body} = request;
  // Every service but S3 encodes the path once more than it is sent.
  const path = url.pathname.split('/').map(encoded).join('/');
  const query = [...url.searchParams]
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .sort()
    .join('&');
  const headers = signed.map((name) => `${name}:${headerOf(request, name)}\n`).join('');
  return [method, path, query, headers, signed.join(';'), sha256(body)].join('\n');
}

function headerOf(request: WireRequest, name: string): string {
  return [request.headers[name] ?? ''].flat().join(',').trim().replaceAll(/ +/g, ' ');
}

function signingKey(secret: string, scope: string): Buffer {
  let key: Buffer = Buffer.from(`AWS4${secret}`);
  for (const part of scope.split('/')) key = hmac(key, part);
  return key;
}

function timeOf(time: string): number {
  return Date.parse(time.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
}

/** RFC 3986: everything but letters, digits and `-._~`. */
function encoded(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
