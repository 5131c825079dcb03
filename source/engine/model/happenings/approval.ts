/** How many people have to agree to changes. */
export interface ApprovalRule {
  readonly needed: number;
  /** The caller, who starts or resumes the run, is none of them. */
  readonly notCaller?: true;
  /** Only approvals count that are signed. */
  readonly signed?: true;
}

/** An approval's signature, checked when it came. */
export interface Signature {
  /** The name of the key among the allowed signers. */
  readonly signer: string;
  /** The key's fingerprint. */
  readonly key: string;
  /** The text that was signed: the canonical JSON of what was approved. */
  readonly body: string;
  /** As `ssh-keygen -Y sign` wrote it. */
  readonly signature: string;
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
  /** Those that are void: the changes were others when they were given. */
  readonly lapsed?: readonly GivenApproval[];
  /** Why an answer at the terminal that shows the question would not count. In no journal. */
  readonly own?: 'given' | 'caller' | 'unsigned';
  /** The command by which others approve, where it is not `handrail approve`. In no journal. */
  readonly command?: string;
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
  readonly signature?: Signature;
}
