import {ExpressionError} from '../../runbook/expression/parse.ts';
import type {Step} from '../../runbook/language/step.ts';
import {handlerOf} from '../actions/actions.ts';
import type {PlannedChange} from '../model/events.ts';
import {applies, itemsOf} from '../scope/step-items.ts';
import {changeOf, type Program} from '../model/program.ts';
import {scopeOf} from '../scope/expression-scope.ts';
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
    if (step.action.kind === 'confirm' && to === 'next-confirmation') break;
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
      const scope = scopeOf(state, lane, item.value);
      const detail = handlerOf(step.action).work?.calls?.describeChange?.(step.action, item, scope);
      return {...about, target: item.key, ...(detail === undefined ? {} : {detail})};
    });
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return [{...about, target: '', detail: 'what it works on is known only when the step starts'}];
  }
}
