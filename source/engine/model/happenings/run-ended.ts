import type {RunStatus} from '../run-status.ts';

/** A part of what a run has come to, in the runbook's words. */
export interface ResultSection {
  readonly title: string;
  /** Never empty. */
  readonly lines: readonly string[];
}

/** The end of a run. */
export interface RunEnded {
  readonly type: 'run-ended';
  readonly status: RunStatus;
  readonly message: string;
  /** What it has found or done; absent where the runbook says nothing of it, and in older journals. */
  readonly result?: readonly ResultSection[];
}
