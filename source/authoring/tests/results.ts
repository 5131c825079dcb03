import type {Problem} from '../../runbook/load/problem.ts';

/** Result of a case. */
export interface CaseResult {
  readonly name: string;
  /** Line of the case in its file. */
  readonly line: number;
  /** What the run did otherwise than the case expects; empty when it passed. */
  readonly failures: readonly Problem[];
}

/** Result of a test file. */
export interface FileResult {
  readonly file: string;
  readonly cases: readonly CaseResult[];
  /** Why it could not be run; then it has no cases. */
  readonly problems: readonly Problem[];
}
