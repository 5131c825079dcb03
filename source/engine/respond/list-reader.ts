import type {Json} from '../../data/json.ts';
import {ExpressionError} from '../../runbook/expression/parse.ts';
import type {OperationModel} from '../../runbook/operation.ts';
import type {CallAction} from '../model/decision.ts';
import {expressionFault} from '../model/fault.ts';
import type {CallOutcome, CallRequest} from '../model/ports.ts';
import {begunAgain, maxRestarts, withPage, type ListProgress} from './list-progress.ts';
import {mergePages} from './merge-pages.ts';

/** An outcome of a call. After the last of several pages, it is that of the whole list. */
export interface ListOutcome {
  readonly outcome: CallOutcome;
  /** The entries that the step keeps of all pages, where they were picked page by page. */
  readonly kept?: readonly Json[];
}

/** Picks what a step keeps of a page; undefined where it has to see the whole list. Throws ExpressionError. */
type Picker = (page: Json) => readonly Json[] | undefined;

/** A list under way. */
interface Reading {
  /** Its pages so far; absent when it has to be begun again. */
  readonly progress?: ListProgress;
  /** Number of times that it started over because its token had expired. */
  readonly restarts: number;
}

/**
 * Lists under way, by place and item. They are never journaled: a process that starts without them reads such a list
 * from its first page. Plain data, so that a host can keep them.
 */
export type Lists = ReadonlyMap<string, Reading>;

export const noLists: Lists = new Map();

/** An outcome that was taken in, and the lists that are under way then. */
interface Taken {
  readonly lists: Lists;
  readonly came: ListOutcome;
}

/** The request with the token of the page that comes next. */
export function requestOfPage(
  lists: Lists,
  {intent, request}: CallAction,
  {pages}: Pick<OperationModel, 'pages'>,
): CallRequest {
  const earlier = earlierPages(lists, intent);
  if (earlier === undefined || pages === undefined) return request;
  return {...request, input: {...request.input, [pages.inputToken]: earlier.nextToken}};
}

/** Takes the outcome of a call in. Pure. */
export function takePage(lists: Lists, {intent}: CallAction, outcome: CallOutcome, pick: Picker): Taken {
  const key = keyOf(intent);
  const earlier = earlierPages(lists, intent);
  if (!outcome.ok) {
    return earlier === undefined ? {lists, came: {outcome}} : restarted(lists, key, outcome);
  }
  if (earlier === undefined && outcome.nextToken === undefined) return {lists, came: {outcome}};
  try {
    return withOnePage(lists, key, earlier, outcome, pick(outcome.output));
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return stopped(lists, key, {ok: false, fault: expressionFault(error), ms: outcome.ms});
  }
}

function withOnePage(
  lists: Lists,
  key: string,
  earlier: ListProgress | undefined,
  outcome: Extract<CallOutcome, {ok: true}>,
  kept: readonly Json[] | undefined,
): Taken {
  if (outcome.nextToken === undefined) {
    const came =
      earlier?.kept === undefined
        ? {outcome: {...outcome, output: mergePages(earlier?.merged ?? {}, outcome.output)}}
        : {outcome, kept: [...earlier.kept, ...(kept ?? [])]};
    return {lists: without(lists, key), came};
  }
  const progress = withPage(earlier, outcome.output, outcome.nextToken, kept);
  if ('fault' in progress) return stopped(lists, key, {ok: false, fault: progress.fault, ms: outcome.ms});
  return {lists: withReading(lists, key, {progress, restarts: restartsOf(lists, key)}), came: {outcome}};
}

/** A page that failed. When its token has ended the list is begun again: a long list can outlive its tokens. */
function restarted(lists: Lists, key: string, outcome: Extract<CallOutcome, {ok: false}>): Taken {
  const restarts = restartsOf(lists, key);
  if (restarts >= maxRestarts || outcome.fault.tokenEnded !== true) return {lists, came: {outcome}};
  return {
    lists: withReading(lists, key, {restarts: restarts + 1}),
    came: {outcome: {...outcome, fault: begunAgain(outcome.fault)}},
  };
}

/** The list has ended with a fault. Its restarts still count. */
function stopped(lists: Lists, key: string, outcome: CallOutcome): Taken {
  const restarts = restartsOf(lists, key);
  return {lists: restarts === 0 ? without(lists, key) : withReading(lists, key, {restarts}), came: {outcome}};
}

function earlierPages(lists: Lists, {page, ...place}: CallAction['intent']): ListProgress | undefined {
  return page > 1 ? lists.get(keyOf(place))?.progress : undefined;
}

function restartsOf(lists: Lists, key: string): number {
  return lists.get(key)?.restarts ?? 0;
}

function withReading(lists: Lists, key: string, reading: Reading): Lists {
  return new Map(lists).set(key, reading);
}

function without(lists: Lists, key: string): Lists {
  if (!lists.has(key)) return lists;
  const fewer = new Map(lists);
  fewer.delete(key);
  return fewer;
}

function keyOf({region = '', step, item}: Pick<CallAction['intent'], 'region' | 'step' | 'item'>): string {
  return [region, step, item].join('\n');
}
