import {modelNamed} from '../../source/aws/catalogue/operation-models.ts';
import type {FaultClass} from './fault-classes.ts';
import {findRunbook} from '../../source/runs/runbooks/find-runbook.ts';
import {shippedRunbooks} from '../../source/runs/runbooks/shipped-files.ts';
import {operationsOf} from '../../source/runbook/actions/actions.ts';
import type {OperationModel} from '../../source/runbook/operation.ts';

/** The models of the operations that the shipped runbooks use, sorted by name; EventBridge's faults are in test/package. */
export async function shippedOperations(): Promise<readonly OperationModel[]> {
  const names = shippedRunbooks().flatMap((name) => findRunbook(name).runbook.steps.flatMap(operationsOf));
  const played = names.filter((name) => !name.startsWith('eventbridge:'));
  return Promise.all([...new Set(played)].toSorted().map((name) => modelNamed(name)));
}

/** Whether an operation can fail in a way at all. */
export function canMeet(model: OperationModel, {fault, listsOnly}: FaultClass): boolean {
  const members = [...model.output.members().values()];
  // Where an operation answers with nothing, an empty answer is what it has to be.
  if (fault === 'emptyBody') return members.length > 0;
  // XML has no null, and text where a list is due is an empty list to it.
  if (model.service === 'iam' && (fault === 'nullList' || fault === 'listIsText')) return false;
  return listsOnly !== true || members.some(({shape}) => shape.kind === 'list');
}
