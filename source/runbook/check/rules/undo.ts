import type {Problem} from '../../load/problem.ts';
import {changeIn, type CheckContext} from '../context.ts';

/** An `undo` that cannot work: of a step that changes nothing, by an operation that changes nothing, or not needed. */
export function undoRule(context: CheckContext): readonly Problem[] {
  const {runbook, places, operations} = context;
  return runbook.steps.flatMap((step, index) => {
    const {undo} = step;
    if (undo === undefined) return [];
    const path = ['steps', index, 'undo'];
    if (step.update !== undefined) {
      return [
        places.atKey(path, 'an update undoes itself from its picture in the journal: leave `undo` out'),
      ];
    }
    if (step.call === undefined)
      return [places.atKey(path, '`undo` belongs to `call`: this step changes nothing')];
    if (operations.has(step.call) && changeIn(context, step) === undefined) {
      return [places.atKey(path, `${step.call} only reads: there is nothing to undo`)];
    }
    if (!('call' in undo) || operations.get(undo.call)?.effect !== 'read') return [];
    return [places.atPath([...path, 'call'], `${undo.call} only reads: it cannot undo anything`)];
  });
}
