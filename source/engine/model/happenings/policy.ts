import type {ApprovalRule} from './approval.ts';
import type {ChangeWindow} from './gate.ts';

/** A policy file that a run keeps to. */
interface PolicyFile {
  readonly file: string;
  /** SHA-256, in hex, of its text. */
  readonly sha256: string;
}

/** The rules of a team that a run keeps to, as far as they are about more than its start. */
export interface Policy {
  /** The files that were found; empty where there is no policy. */
  readonly files: readonly PolicyFile[];
  /** Lists of windows: changes start only while one window of each list is open. */
  readonly windows?: readonly (readonly ChangeWindow[])[];
  /** Change calendars: changes start only while each is OPEN. */
  readonly calendars?: readonly string[];
  /** The people who have to agree to changes. */
  readonly approvals?: ApprovalRule;
  /** Texts of files of allowed signers, in the form of ssh-keygen: each has to know the key of a signature. */
  readonly signers?: readonly string[];
  /** Regions in which nothing is changed: names, or patterns such as `me-*`. */
  readonly neverIn?: readonly string[];
}
