import type {FromRunbook} from '../../runbook/load/shared-steps/from-runbook.ts';
import type {Problem} from '../../runbook/load/problem.ts';

/** Findings of a check in one file. */
export interface FileChecked {
  /** The runbook's name or its file, as it was given. */
  readonly name: string;
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
  /** Steps that would be skipped on this host, and why. */
  readonly skipped: readonly string[];
  /** It holds shared steps, which take these names from the runbooks that include it. */
  readonly shared?: FromRunbook;
}
