import type {Json} from '../../data/json.ts';
import {ExpressionError} from '../../runbook/expression/parse.ts';
import type {Scope} from '../../runbook/expression/evaluate.ts';
import {evaluateMessage, evaluateText} from '../../runbook/expression/template.ts';
import type {Program} from '../model/program.ts';
import type {ResultSection} from '../model/happenings/run-ended.ts';
import type {RunState} from '../model/state.ts';
import {scopeOf} from './expression-scope.ts';

/** The runbook's last word on a run that is through; undefined where it has none, or none can be worked out. */
export function resultMessage({runbook}: Pick<Program, 'runbook'>, state: RunState): string | undefined {
  const {message} = runbook.result ?? {};
  if (message === undefined) return undefined;
  const said = workedOut(() => evaluateMessage(message, scopeOf(state, state.account)));
  return said === undefined || said.trim() === '' ? undefined : said.trim();
}

/** What a run has come to, in the runbook's words. What cannot be worked out decides nothing, so it is left out. */
export function resultSections(
  {runbook}: Pick<Program, 'runbook'>,
  state: RunState,
): readonly ResultSection[] {
  const scope = scopeOf(state, state.account);
  return (runbook.result?.sections ?? []).flatMap(({title, when, lines}): readonly ResultSection[] => {
    if (when !== undefined && !isTrue(workedOut(() => evaluateText(when, scope, 'lenient')))) return [];
    const found = [lines].flat().flatMap((text) => linesOf(text, scope));
    return found.length === 0 ? [] : [{title, lines: found}];
  });
}

function linesOf(text: string, scope: Scope): readonly string[] {
  const value = workedOut(() => evaluateText(text, scope, 'lenient'));
  const entries: readonly Json[] = Array.isArray(value) ? value : [value ?? ''];
  return entries
    .map((entry) => (typeof entry === 'string' ? entry : entry === null ? '' : JSON.stringify(entry)))
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

function isTrue(value: Json | undefined): boolean {
  return value !== undefined && value !== null && value !== false && value !== '';
}

function workedOut<T>(workOut: () => T): T | undefined {
  try {
    return workOut();
  } catch (error) {
    if (error instanceof ExpressionError) return undefined;
    throw error;
  }
}
