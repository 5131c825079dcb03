import {ExpressionError} from '../../runbook/expression/parse.ts';
import {evaluateValue} from '../../runbook/expression/template.ts';
import type {Step} from '../../runbook/language/schema.ts';
import type {Item, Json, PlannedChange} from '../model/events.ts';
import {applies, itemsOf} from './step-items.ts';
import {changeOf, type Program} from '../model/program.ts';
import {scopeOf} from './expression-scope.ts';
import type {Lane, RunState} from '../model/state.ts';

/**
 * The changes that lie ahead of a step, worked out by the same expressions that will make them: up to the next
 * confirmation, or to the end of the runbook.
 */
export function planAhead(
  program: Program,
  state: RunState,
  from: number,
  to: 'next-confirmation' | 'end',
): readonly PlannedChange[] {
  const changes: PlannedChange[] = [];
  for (const step of program.runbook.steps.slice(from + 1)) {
    if (step.confirm !== undefined && to === 'next-confirmation') break;
    const model = changeOf(program, step);
    if (model === undefined) continue;
    const lanes = step.scope === 'account' ? [state.account] : state.lanes;
    for (const lane of lanes) {
      if (lane.fault === undefined) changes.push(...changesIn(state, lane, step, model.name));
    }
  }
  return changes;
}

function changesIn(state: RunState, lane: Lane, step: Step, operation: string): readonly PlannedChange[] {
  const about = {
    step: step.id,
    title: step.title,
    operation,
    ...(lane.region === undefined ? {} : {region: lane.region}),
  };
  try {
    if (!applies(state, lane, step)) return [];
    return itemsOf(state, lane, step).map((item) => {
      const detail = detailOf(state, lane, step, item);
      return {...about, target: item.key, ...(detail === undefined ? {} : {detail})};
    });
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return [{...about, target: '', detail: 'what it works on is known only when the step starts'}];
  }
}

/** What an update does to an item: what the item shows of what goes, and the values that come. Throws ExpressionError. */
function detailOf(state: RunState, lane: Lane, step: Step, item: Item): string | undefined {
  const {set, remove, expect} = step.update ?? {};
  const removed = (remove ?? []).map((member) => `${member} ${shown(memberOf(item.value, member))}removed`);
  const values = evaluateValue(set ?? {}, scopeOf(state, lane, item.value)) as {readonly [key: string]: Json};
  // Where the resource must still be as an earlier write left it, that write is taken back.
  const changed = Object.entries(values).map(([member, value]) =>
    expect === undefined ? `${member} set to ${shown(value)}`.trimEnd() : `${member} ${shown(value)}put back`,
  );
  const details = [...removed, ...changed];
  return details.length === 0 ? undefined : details.join(', ');
}

function memberOf(value: Json, member: string): Json | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return (value as {readonly [key: string]: Json})[member];
}

/** A value in few words: a structure is known by its first text. */
function shown(value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  if (typeof value !== 'object') return `${String(value)} `;
  const first = Object.values(value).find((part) => typeof part === 'string');
  return first === undefined ? '' : `${first} `;
}
