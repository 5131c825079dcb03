import {defined} from '../data/defined.ts';
import {handlerOf} from './actions/actions.ts';
import type {StepOutline} from './model/events.ts';
import {changeOf, type Program} from './model/program.ts';
import type {Step} from '../runbook/language/step.ts';

/** Facts about each step for the views and the journal. */
export function outlineOf(program: Pick<Program, 'runbook' | 'operations'>): readonly StepOutline[] {
  return program.runbook.steps.map((step) => {
    const does = handlerOf(step.action).does(changeOf(program, step) !== undefined);
    return {
      id: step.id,
      title: step.title,
      scope: step.scope,
      does,
      ...defined({
        alongside: step.alongside,
        once: step.once,
        column: step.column,
        outcome: step.outcome,
        group: step.group?.title,
      }),
      ...(step.skippable ? {skippable: true as const} : {}),
      ...(does === 'change' ? {wayBack: hasWayBack(step)} : {}),
    };
  });
}

function hasWayBack({action}: Step): boolean {
  const way = handlerOf(action).undo?.(action);
  return way !== undefined && !('impossible' in way);
}
