import type {LoadedRunbook} from '../../runbook/load/load.ts';
import type {Places} from '../../runbook/load/source-positions.ts';
import type {OperationModel} from '../../runbook/operation.ts';
import type {TestFile} from './language.ts';

/** A test file, read and found to fit its runbook. */
export interface LoadedTest {
  readonly file: string;
  readonly content: TestFile;
  readonly places: Places;
  readonly runbook: LoadedRunbook;
  readonly operations: ReadonlyMap<string, OperationModel>;
}
