import type {Problem} from '../../load/problem.ts';
import type {Step} from '../../language/step.ts';
import {traitsOf} from '../../actions/actions.ts';
import {changeIn} from '../change-in.ts';
import type {CheckContext} from '../context.ts';

/** Steps that are to go on at the same time and cannot: only looks and waits of one scope can, since they change nothing. */
export function alongsideRule(context: CheckContext): readonly Problem[] {
  const {runbook, places} = context;
  return runbook.steps.flatMap((step, index) => {
    if (step.alongside === undefined) return [];
    const problem = (message: string): readonly Problem[] => [
      places.atKey(['steps', index, 'alongside'], message),
    ];
    const before = runbook.steps[index - 1];
    // The step before shared steps is the runbook's.
    if (before === undefined && context.shared !== undefined) return [];
    if (before === undefined) return problem('there is no step before it to go along with');
    if (before.scope !== step.scope) {
      return problem(
        `${before.id} is a step of another scope: both have to be Region steps, or account steps`,
      );
    }
    const odd = [before, step].find((one) => !looks(context, one));
    return odd === undefined
      ? []
      : problem(`only looks and waits go on at the same time, and ${odd.id} is neither`);
  });
}

function looks(context: CheckContext, step: Step): boolean {
  return traitsOf(step.action).alongside(changeIn(context, step) !== undefined);
}
