import type {Problem} from '../../load/problem.ts';
import {changeIn, type CheckContext} from '../context.ts';

/** Changes that no confirmation precedes: one that is asked whenever the change is made. */
export function confirmationRule(context: CheckContext): readonly Problem[] {
  const {runbook, places} = context;
  return runbook.steps.flatMap((step, index) => {
    const change = changeIn(context, step);
    if (change === undefined) return [];
    const asked = runbook.steps
      .slice(0, index)
      .some(({confirm, when}) => confirm !== undefined && (when === undefined || when === step.when));
    if (asked) return [];
    const path = step.update === undefined ? ['call'] : ['update', 'write'];
    return [
      places.atPath(
        ['steps', index, ...path],
        `${change.name} changes something, and no confirmation precedes it: put a confirm step before ${step.id}`,
      ),
    ];
  });
}
