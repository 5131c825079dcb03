import {membersOf, type Json} from '../../data/json.ts';
import {evaluateText} from '../../runbook/expression/template.ts';
import {ExpressionError} from '../../runbook/expression/parse.ts';
import {conditionsOf} from '../../runbook/language/conditions.ts';
import type {Step} from '../../runbook/language/step.ts';
import type {Item} from '../model/events.ts';
import {scopeOf} from './expression-scope.ts';
import type {Lane, RunState} from '../model/state.ts';

/** Returns true if the step's conditions hold: its group's, then its own. Throws ExpressionError. */
export function applies(state: RunState, lane: Lane, step: Step): boolean {
  return conditionsOf(step).every((when) => {
    const holds = evaluateText(when, scopeOf(state, lane), 'strict');
    if (typeof holds === 'boolean') return holds;
    throw new ExpressionError('`when` must give true or false');
  });
}

/** The units of work of a step: one an item of `forEach`, or a single one. Throws ExpressionError. */
export function itemsOf(state: RunState, lane: Lane, step: Step): readonly Item[] {
  if (step.forEach === undefined) return [{key: '', value: null}];
  const list = evaluateText(step.forEach, scopeOf(state, lane), 'strict');
  if (!Array.isArray(list)) throw new ExpressionError('`forEach` must give a list');
  const named = list.map((value: Json) => ({
    value,
    name: labelOf(state, lane, step, value) ?? nameOf(value),
  }));
  const telling = new Map(
    [...Map.groupBy(named, ({name}) => name)].flatMap(([name, alike]) =>
      alike.length === 1 ? [] : [[name, tellingMember(alike)] as const],
    ),
  );
  const seen = new Map<string, number>();
  return named.map(({value, name}) => {
    const member = telling.get(name);
    const key = member === undefined ? name : `${name} (${String(membersOf(value)[member])})`;
    // Nothing tells them apart: they are the same.
    const times = (seen.get(key) ?? 0) + 1;
    seen.set(key, times);
    return {key: times === 1 ? key : `${key} (${times})`, value};
  });
}

/** The name that a step gives an item; undefined where it gives none. Throws ExpressionError. */
function labelOf(state: RunState, lane: Lane, step: Step, value: Json): string | undefined {
  if (step.label === undefined) return undefined;
  const label = evaluateText(step.label, scopeOf(state, lane, value), 'lenient');
  return typeof label === 'string' && label.trim() !== '' ? label : undefined;
}

/** Members by which a thing is known, the best one first. */
const identifying = ['arn', 'Arn', 'ARN', 'name', 'Name', 'id', 'Id'];

/** Returns an item's name: its ARN, its name, or the item itself. */
function nameOf(value: Json): string {
  if (typeof value === 'string') return value;
  const members = membersOf(value);
  for (const member of identifying) {
    const name = members[member];
    if (typeof name === 'string') return name;
  }
  return JSON.stringify(value);
}

/** The member that tells items of one name apart: the first that is another in each. */
function tellingMember(alike: readonly {readonly value: Json}[]): string | undefined {
  const items = alike.map(({value}) => membersOf(value));
  const names = Object.keys(items[0] ?? {});
  const best = [
    ...identifying.filter((name) => names.includes(name)),
    ...names.filter((name) => /(Arn|ARN|Id|ID)$/.test(name)),
    ...names,
  ];
  return best.find((name) => {
    const values = items.map((members) => members[name]);
    const plain = values.every((one) => typeof one === 'string' || typeof one === 'number');
    return plain && new Set(values).size === items.length;
  });
}
