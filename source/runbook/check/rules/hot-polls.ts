import type {Problem} from '../../load/problem.ts';
import type {CheckContext} from '../context.ts';

/** Warns of waits that would ask again without a pause: a second is the least there is. */
export function hotPollsRule({runbook, places}: CheckContext): readonly Problem[] {
  return runbook.steps.flatMap(({action}, index) => {
    if (action.kind !== 'waitUntil') return [];
    return (['minDelay', 'maxDelay'] as const).flatMap((member): Problem[] => {
      const seconds = action[member];
      if (typeof seconds !== 'number' || seconds >= 1) return [];
      const message = `${member} is ${seconds} s, and polls are at least 1 second apart: it counts as 1`;
      return [places.atPath(['steps', index, 'waitUntil', member], message)];
    });
  });
}
