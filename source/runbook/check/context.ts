import type {OperationModel} from '../operation.ts';
import type {Places} from '../load/source-positions.ts';
import type {Runbook} from '../language/schema.ts';

/** What the rules look at: the runbook, where things stand in its files, and the operations that could be found. */
export interface CheckContext {
  readonly runbook: Runbook;
  readonly places: Places;
  readonly operations: ReadonlyMap<string, OperationModel>;
}
