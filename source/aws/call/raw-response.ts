import type {Readable} from 'node:stream';
import {finished} from 'node:stream/promises';
import type {Shape} from '../../runbook/operation.ts';

/** Response bytes from the wire, before the SDK parses them. */
export interface RawAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: Uint8Array;
  /** The header of that name. */
  readonly retryAfter?: string;
}

interface WireResponse {
  statusCode: number;
  headers: Record<string, string>;
  body: unknown;
}

type Handler = (args: unknown) => Promise<{response: WireResponse; output: unknown}>;

/** Largest answer that is kept for a second look, in bytes. AWS's own answers stay below 10 MB. */
const maxBodyBytes = 64 * 1024 * 1024;

/** Lets the raw answer of a client's call be seen: reads the body and puts it back for the SDK, which then parses it. */
export function rawAnswerMiddleware(seen: (raw: RawAnswer) => Promise<void>): (next: Handler) => Handler {
  return (next) => async (args) => {
    const result = await next(args);
    const {response} = result;
    const body = await collect(response.body);
    response.body = body;
    const {'content-type': contentType = '', 'retry-after': retryAfter} = response.headers;
    await seen({
      status: response.statusCode,
      contentType,
      body,
      ...(retryAfter === undefined ? {} : {retryAfter}),
    });
    return result;
  };
}

async function collect(body: unknown): Promise<Uint8Array> {
  if (body instanceof Uint8Array) return body;
  const stream = body as Readable;
  const chunks: Uint8Array[] = [];
  let size = 0;
  stream.on('data', (chunk: Uint8Array) => {
    size += chunk.byteLength;
    if (size <= maxBodyBytes) chunks.push(chunk);
    else stream.destroy(new Error(`an answer of more than ${maxBodyBytes} bytes was not read`));
  });
  // Throws the connection's error when it breaks, and AbortError when it is cut before the end.
  await finished(stream);
  return Buffer.concat(chunks);
}

/** Returns true if a success is a page for people, such as a captive portal's, where data was expected. */
export function looksLikeHtml(raw: RawAnswer): boolean {
  const start = Buffer.from(raw.body.subarray(0, 64)).toString('latin1').trimStart().toLowerCase();
  return raw.contentType.includes('text/html') || start.startsWith('<!doctype') || start.startsWith('<html');
}

/**
 * Paths of members that the service sent and the SDK does not model, such as `imagePipeline.newThing`. The SDK drops
 * them without a word, so a full replacement built from its answer would lose them. Only JSON answers are looked at.
 */
export function unmodeledMembers(raw: RawAnswer, shape: Shape): readonly string[] {
  if (!raw.contentType.includes('json')) return [];
  try {
    return unmodeledIn(JSON.parse(Buffer.from(raw.body).toString('utf8')), shape, '');
  } catch {
    return [];
  }
}

function unmodeledIn(value: unknown, shape: Shape, path: string): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) {
    const item = shape.item();
    if (item === undefined) return [];
    return [...new Set(value.flatMap((one: unknown) => unmodeledIn(one, item, `${path}[]`)))];
  }
  if (shape.kind === 'map') {
    const item = shape.item();
    return item === undefined
      ? []
      : Object.entries(value).flatMap(([key, one]) => unmodeledIn(one, item, `${path}.${key}`));
  }
  if (shape.kind !== 'structure') return [];
  const members = shape.members();
  return Object.entries(value).flatMap(([name, one]) => {
    const member = members.get(name);
    const at = path === '' ? name : `${path}.${name}`;
    if (member !== undefined) return unmodeledIn(one, member.shape, at);
    return one === null ? [] : [at];
  });
}
