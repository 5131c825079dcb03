/** One wrong line: the program with it would do something else, and some test has to notice. */
export interface Mutant {
  /** Below the repository's root. */
  readonly file: string;
  /** A text that occurs in the file exactly once. */
  readonly find: string;
  readonly replace: string;
  /** The behavior that is broken. */
  readonly breaks: string;
  /** Consequence: a wrong request to AWS, a wrong journal, or a wrong word to the operator. */
  readonly reaches: 'sent' | 'journaled' | 'shown';
  /** Tests that notice it although they stand elsewhere, such as whole runs over HTTP. */
  readonly tests?: readonly string[];
}
