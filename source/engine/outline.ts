import {handlerOf} from './actions/actions.ts';
import type {StepOutline} from './model/events.ts';
import {changeOf, type Program} from './model/program.ts';

/** What the views and the journal need to know of each step. */
export function outlineOf(program: Pick<Program, 'runbook' | 'operations'>): readonly StepOutline[] {
  return program.runbook.steps.map((step) => ({
    id: step.id,
    title: step.title,
    scope: step.scope,
    does: handlerOf(step.action).does(changeOf(program, step) !== undefined),
    ...(step.alongside === undefined ? {} : {alongside: step.alongside}),
    ...(step.column === undefined ? {} : {column: step.column}),
    ...(step.outcome === undefined ? {} : {outcome: step.outcome}),
    ...(step.skippable ? {skippable: true as const} : {}),
  }));
}
