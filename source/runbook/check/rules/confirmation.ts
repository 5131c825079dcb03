import type {Problem} from '../../load/problem.ts';
import {changeNamed} from '../../actions/actions.ts';
import {changeIn} from '../change-in.ts';
import {runsWherever} from '../../language/conditions.ts';
import type {CheckContext} from '../context.ts';

/** Changes that no confirmation precedes: one that is asked whenever the change is made. */
export function confirmationRule(context: CheckContext): readonly Problem[] {
  const {runbook, places} = context;
  return runbook.steps.flatMap((step, index) => {
    const change = changeIn(context, step);
    if (change === undefined) return [];
    const asked = runbook.steps
      .slice(0, index)
      .some((one) => one.action.kind === 'confirm' && runsWherever(step, one));
    if (asked) return [];
    return [
      places.atPath(
        ['steps', index, ...(changeNamed(step)?.named ?? [])],
        `${change.name} changes something, and no confirmation precedes it: put a confirm step before ${step.id}`,
      ),
    ];
  });
}
