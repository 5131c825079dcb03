/** How many people have to agree to changes. */
export interface ApprovalRule {
  readonly needed: number;
  /** The caller, who starts or resumes the run, is none of them. */
  readonly notCaller?: true;
}

/** An approval as a question holds it. */
interface GivenApproval {
  readonly by: string;
  /** ms since the epoch. */
  readonly at: number;
}

/** The approvals that a question wants, and has. */
export interface Approvals extends ApprovalRule {
  readonly given: readonly GivenApproval[];
  /** Why an answer at the terminal that shows the question would not count. In no journal. */
  readonly own?: 'given' | 'caller';
}

/** One of several people agreed to the changes that are asked about. */
export interface Approved {
  readonly type: 'approved';
  readonly step: string;
  readonly by: string;
  /** Names exactly the changes that were agreed to. */
  readonly digest: string;
  /** How many they are. */
  readonly changes: number;
  /** Which approval this is, counted from 1, and how many there have to be. */
  readonly number: number;
  readonly needed: number;
  readonly typed?: string;
  /** The hash of the record that asked, where the approval came from outside of the run's own terminal. */
  readonly head?: string;
}
