import type {Json} from '../../data/json.ts';
import type {Fault} from '../model/fault.ts';
import {mergePages} from './merge-pages.ts';

/** Pages of one list read so far. A list that is begun again starts without them: they are never journaled. */
export interface ListProgress {
  /** All of their members; empty where entries are picked. */
  readonly merged: Json;
  /** The entries that the step keeps, where they are picked page by page: nothing else of a page is held. */
  readonly kept?: readonly Json[];
  readonly nextToken: string;
  /** Every token that the list has given. */
  readonly tokens: readonly string[];
}

/** Largest number of times that a list starts over after an expired token. */
export const maxRestarts = 2;

/** The pages so far with one more; a fault when its token leads back to a page that was read. */
export function withPage(
  earlier: ListProgress | undefined,
  page: Json,
  nextToken: string,
  kept?: readonly Json[],
): ListProgress | {readonly fault: Fault} {
  const before = earlier?.tokens ?? [];
  if (before.includes(nextToken)) return {fault: endlessList(before.length)};
  const tokens = [...before, nextToken];
  // The first page decides. One without the list adds nothing.
  const picked = earlier === undefined ? kept : earlier.kept && [...earlier.kept, ...(kept ?? [])];
  if (picked !== undefined) return {merged: {}, kept: picked, nextToken, tokens};
  return {merged: mergePages(earlier?.merged ?? {}, page), nextToken, tokens};
}

function endlessList(pages: number): Fault {
  return {
    kind: 'garbled',
    name: 'EndlessList',
    message: `the list does not end: after ${pages} pages it leads back to one that was read`,
    remedy: 'AWS, or something between it and this host, repeats its pages: run it again later',
    final: true,
  };
}

/** The refusal of a token as a passing fault: the next try reads the list from its first page. */
export function begunAgain(fault: Fault): Fault {
  return {
    ...fault,
    kind: 'transient',
    message: `the list is begun again, its token has ended: ${fault.message}`,
  };
}
