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

/** Lists under way. Their pages are lost at a crash: such a read starts at its first page. */
export class ListReader {
  /** By place and item. */
  readonly #lists = new Map<string, ListProgress>();
  /** Number of times that a list started over because its token had expired. */
  readonly #restarts = new Map<string, number>();

  /** The request with the token of the page that comes next. */
  next({intent, request}: CallAction, {pages}: OperationModel): CallRequest {
    const earlier = this.#earlier(intent);
    if (earlier === undefined || pages === undefined) return request;
    return {...request, input: {...request.input, [pages.inputToken]: earlier.nextToken}};
  }

  /** Takes an outcome in. */
  read({intent}: CallAction, outcome: CallOutcome, pick: Picker): ListOutcome {
    const key = keyOf(intent);
    const earlier = this.#earlier(intent);
    if (!outcome.ok) return {outcome: earlier === undefined ? outcome : this.#restarted(key, outcome)};
    if (earlier === undefined && outcome.nextToken === undefined) return {outcome};
    try {
      return this.#withPage(key, earlier, outcome, pick(outcome.output));
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      this.#lists.delete(key);
      return {outcome: {ok: false, fault: expressionFault(error), ms: outcome.ms}};
    }
  }

  #withPage(
    key: string,
    earlier: ListProgress | undefined,
    outcome: Extract<CallOutcome, {ok: true}>,
    kept: readonly Json[] | undefined,
  ): ListOutcome {
    if (outcome.nextToken === undefined) {
      this.#lists.delete(key);
      this.#restarts.delete(key);
      if (earlier?.kept !== undefined) return {outcome, kept: [...earlier.kept, ...(kept ?? [])]};
      return {outcome: {...outcome, output: mergePages(earlier?.merged ?? {}, outcome.output)}};
    }
    const progress = withPage(earlier, outcome.output, outcome.nextToken, kept);
    if ('fault' in progress) {
      this.#lists.delete(key);
      return {outcome: {ok: false, fault: progress.fault, ms: outcome.ms}};
    }
    this.#lists.set(key, progress);
    return {outcome};
  }

  #earlier({page, ...place}: CallAction['intent']): ListProgress | undefined {
    return page > 1 ? this.#lists.get(keyOf(place)) : undefined;
  }

  /** A page that failed. When its token has ended the list is begun again: a long list can outlive its tokens. */
  #restarted(key: string, outcome: Extract<CallOutcome, {ok: false}>): CallOutcome {
    const restarts = this.#restarts.get(key) ?? 0;
    if (restarts >= maxRestarts || outcome.fault.tokenEnded !== true) return outcome;
    this.#restarts.set(key, restarts + 1);
    this.#lists.delete(key);
    return {...outcome, fault: begunAgain(outcome.fault)};
  }
}

function keyOf({region = '', step, item}: Pick<CallAction['intent'], 'region' | 'step' | 'item'>): string {
  return [region, step, item].join('\n');
}
