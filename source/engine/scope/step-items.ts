import {membersOf, type Json} from '../../data/json.ts';
import {evaluateText} from '../../runbook/expression/template.ts';
import {ExpressionError} from '../../runbook/expression/parse.ts';
import type {Step} from '../../runbook/language/step.ts';
import type {Item} from '../model/events.ts';
import {scopeOf} from './expression-scope.ts';
import type {Lane, RunState} from '../model/state.ts';

/** Returns true if the step's `when` holds. Throws ExpressionError. */
export function applies(state: RunState, lane: Lane, step: Step): boolean {
  if (step.when === undefined) return true;
  const holds = evaluateText(step.when, scopeOf(state, lane), 'strict');
  if (typeof holds === 'boolean') return holds;
  throw new ExpressionError('`when` must give true or false');
}

/** The units of work of a step: one an item of `forEach`, or a single one. Throws ExpressionError. */
export function itemsOf(state: RunState, lane: Lane, step: Step): readonly Item[] {
  if (step.forEach === undefined) return [{key: '', value: null}];
  const list = evaluateText(step.forEach, scopeOf(state, lane), 'strict');
  if (!Array.isArray(list)) throw new ExpressionError('`forEach` must give a list');
  const seen = new Map<string, number>();
  return list.map((value: Json) => {
    const name = nameOf(value);
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return {key: times === 1 ? name : `${name} (${times})`, value};
  });
}

/** Returns an item's name: its ARN, its name, or the item itself. */
function nameOf(value: Json): string {
  if (typeof value === 'string') return value;
  const members = membersOf(value);
  for (const member of ['arn', 'Arn', 'ARN', 'name', 'Name', 'id', 'Id']) {
    const name = members[member];
    if (typeof name === 'string') return name;
  }
  return JSON.stringify(value);
}
