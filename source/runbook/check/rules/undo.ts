import type {Problem} from '../../load/problem.ts';
import {changeIn} from '../change-in.ts';
import type {CheckContext} from '../context.ts';

/** An `undo` that cannot work: of a step that changes nothing, or by an operation that changes nothing. */
export function undoRule(context: CheckContext): readonly Problem[] {
  const {runbook, places, operations} = context;
  return runbook.steps.flatMap((step, index) => {
    const {action} = step;
    if (action.kind !== 'call' || action.undo === undefined) return [];
    const path = ['steps', index, 'undo'];
    if (operations.has(action.call) && changeIn(context, step) === undefined) {
      return [places.atKey(path, `${action.call} only reads: there is nothing to undo`)];
    }
    const back = 'call' in action.undo ? action.undo.call : undefined;
    if (back === undefined || operations.get(back)?.effect !== 'read') return [];
    return [places.atPath([...path, 'call'], `${back} only reads: it cannot undo anything`)];
  });
}
