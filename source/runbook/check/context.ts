import type {OperationModel} from '../operation.ts';
import type {Places} from '../load/source-positions.ts';
import type {Runbook} from '../language/schema.ts';

/** Input of the rules: the runbook, the places in its files, and the operations that were found. */
export interface CheckContext {
  readonly runbook: Runbook;
  readonly places: Places;
  readonly operations: ReadonlyMap<string, OperationModel>;
}
