import {createHash} from 'node:crypto';

/** One page of a list, and the token that asks for the next one. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextToken: string | undefined;
}

interface PageRequest<Item> {
  /** Parts of a request that must not change from page to page: the operation, the Region, the filters. */
  readonly subject: unknown;
  /** A unique name of an item. Lists are sorted by it. */
  readonly key: (item: Item) => string;
  readonly size: number;
  readonly token: string | undefined;
  /** Makes the service's own error for a token that it did not hand out for this list. */
  readonly invalidToken: () => Error;
}

/**
 * Cuts one page out of a list.
 *
 * The token holds the key of the last item that was handed out, not a position: an item deleted between two pages
 * never makes a reader miss another one.
 */
export function pageOf<Item>(items: readonly Item[], request: PageRequest<Item>): Page<Item> {
  const sorted = items.toSorted((a, b) => compare(request.key(a), request.key(b)));
  const after = request.token === undefined ? undefined : readToken(request, request.token);
  const rest = after === undefined ? sorted : sorted.filter((item) => compare(request.key(item), after) > 0);
  const page = rest.slice(0, request.size);
  const last = page.at(-1);
  const more = rest.length > page.length && last !== undefined;
  return {items: page, nextToken: more ? makeToken(request.subject, request.key(last)) : undefined};
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function makeToken(subject: unknown, lastKey: string): string {
  return Buffer.from(JSON.stringify([fingerprint(subject, lastKey), lastKey])).toString('base64url');
}

function readToken<Item>(request: PageRequest<Item>, token: string): string {
  let content: unknown;
  try {
    content = JSON.parse(Buffer.from(token, 'base64url').toString());
  } catch {
    throw request.invalidToken();
  }
  if (!Array.isArray(content)) throw request.invalidToken();
  const [mark, lastKey] = content as unknown[];
  if (typeof lastKey !== 'string' || mark !== fingerprint(request.subject, lastKey))
    throw request.invalidToken();
  return lastKey;
}

function fingerprint(subject: unknown, lastKey: string): string {
  return createHash('sha256')
    .update(JSON.stringify([subject, lastKey]))
    .digest('base64url')
    .slice(0, 16);
}
