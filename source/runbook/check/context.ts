import type {OperationModel} from '../operation.ts';
import type {FromRunbook} from '../load/shared-steps/from-runbook.ts';
import type {Places} from '../load/source-positions.ts';
import type {Runbook} from '../language/schema.ts';

/** Input of the rules: the runbook, the places in its files, and the operations that were found. */
export interface CheckContext {
  readonly runbook: Runbook;
  readonly places: Places;
  readonly operations: ReadonlyMap<string, OperationModel>;
  /** Names that the steps take from the runbook around them. Set for a file of shared steps. */
  readonly shared?: FromRunbook;
}
