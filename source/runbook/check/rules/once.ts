import type {Problem} from '../../load/problem.ts';
import {changeIn} from '../change-in.ts';
import type {CheckContext} from '../context.ts';

/** Steps that are to be done once in a run and cannot: what a change or a wait came to, or a column shows, is of its round. */
export function onceRule(context: CheckContext): readonly Problem[] {
  const {runbook, places} = context;
  return runbook.steps.flatMap((step, index) => {
    if (step.once === undefined) return [];
    const problem = (message: string): readonly Problem[] => [
      places.atKey(['steps', index, 'once'], message),
    ];
    if (step.action.kind !== 'call' || changeIn(context, step) !== undefined) {
      return problem('only a look, a call that reads, is made once in a run');
    }
    return step.column === undefined
      ? []
      : problem('a column shows what the latest look found: leave out once, or the column');
  });
}
