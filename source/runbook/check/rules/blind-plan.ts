import type {Problem} from '../../load/problem.ts';
import type {Runbook} from '../../language/schema.ts';
import {changeIn} from '../change-in.ts';
import {runsWherever} from '../../language/conditions.ts';
import type {CheckContext} from '../context.ts';

/**
 * Warns of changes whose items are found after their confirmation: neither a plan nor the confirmation can show them.
 * They are no error, for the run asks about them where they are made.
 */
export function blindPlanRule(context: CheckContext): readonly Problem[] {
  const {runbook, places} = context;
  return runbook.steps.flatMap((step, index): Problem[] => {
    if (step.forEach === undefined || changeIn(context, step) === undefined) return [];
    const confirmation = runbook.steps
      .slice(0, index)
      .findLastIndex((one) => one.action.kind === 'confirm' && runsWherever(step, one));
    const late = lateStepIn(runbook, step.forEach, confirmation);
    const confirm = runbook.steps[confirmation];
    if (late === undefined || confirm === undefined) return [];
    return [
      places.atPath(
        ['steps', index, 'forEach'],
        `what ${step.id} changes is found by ${late}, after the confirmation ${confirm.id}: a plan cannot show it; ` +
          `put ${late} before ${confirm.id}`,
      ),
    ];
  });
}

/** The first step after the confirmation whose output a list is taken from. */
function lateStepIn({steps}: Runbook, text: string, confirmation: number): string | undefined {
  const named = [...text.matchAll(/\bsteps\.(?:"([^"]+)"|(\w+))/g)].map(
    ([, quoted, plain]) => quoted ?? plain,
  );
  return steps.slice(confirmation + 1).find(({id}) => named.includes(id))?.id;
}
