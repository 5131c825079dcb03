import {changeNamed} from '../actions/actions.ts';
import type {Step} from '../language/step.ts';
import {asStated, type OperationModel} from '../operation.ts';
import type {CheckContext} from './context.ts';

/** The operation by which a step changes something, if it does and is known. */
export function changeIn({operations}: CheckContext, step: Step): OperationModel | undefined {
  const change = changeNamed(step);
  const model = change === undefined ? undefined : operations.get(change.operation);
  if (model === undefined) return undefined;
  return asStated(model, change?.effect).effect === 'change' ? model : undefined;
}
