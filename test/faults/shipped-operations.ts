import {modelNamed} from '../../source/aws/catalogue.ts';
import {findRunbook} from '../../source/commands/find-runbook.ts';
import {shippedRunbooks} from '../../source/commands/shipped.ts';
import {operationsOf} from '../../source/engine/program.ts';
import type {OperationModel} from '../../source/runbook/operation.ts';

/** The models of the operations that the shipped runbooks use, sorted by name. */
export async function shippedOperations(): Promise<readonly OperationModel[]> {
  const names = shippedRunbooks().flatMap((name) => findRunbook(name).runbook.steps.flatMap(operationsOf));
  return Promise.all([...new Set(names)].toSorted().map(modelNamed));
}

/** Whether a list is all that an answer is asked for. */
export function answersWithList(model: OperationModel): boolean {
  return [...model.output.members().values()].some(({shape}) => shape.kind === 'list');
}
