import {requestsOf} from '../../actions/actions.ts';
import type {WrittenRequest} from '../../actions/traits.ts';
import {asStated, type OperationModel} from '../../operation.ts';
import type {Problem} from '../../load/problem.ts';
import type {CheckContext} from '../context.ts';

/** Waits and reads by an operation that changes something, writes that only read, and effects that are not true. */
export function effectsRule({runbook, places, operations}: CheckContext): readonly Problem[] {
  return runbook.steps.flatMap((step, index) =>
    requestsOf(step).flatMap((request): Problem[] => {
      const model = operations.get(request.operation);
      if (model === undefined) return [];
      const base = ['steps', index];
      if (request.effect === 'read' && model.effect === 'change' && model.assumed !== true) {
        return [places.atPath([...base, 'effect'], `${model.name} changes something: its effect is no read`)];
      }
      const wrong = wrongEffect(request, model);
      return wrong === undefined ? [] : [places.atPath([...base, ...request.named], wrong)];
    }),
  );
}

function wrongEffect({named, must, effect, undo}: WrittenRequest, model: OperationModel): string | undefined {
  if (must === undefined || asStated(model, effect).effect === must) return undefined;
  const member = named.join('.');
  if (must === 'change') {
    return `${model.name} only reads, and \`${member}\` must be an operation that changes the resource`;
  }
  if (model.assumed !== true || effect === 'change') {
    return `${model.name} changes something, and \`${member}\` must be an operation that only reads`;
  }
  const unclear = `\`${member}\` must only read, and nothing says what ${model.name} does`;
  // A step's `effect` is about its own request.
  return undo === true
    ? `${unclear}: name another operation`
    : `${unclear}: if it only reads, say \`effect: read\``;
}
