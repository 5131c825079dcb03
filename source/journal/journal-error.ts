/** The journal cannot be written. Nothing that is not in it may be done, so the run has to stop. */
export class JournalError extends Error {
  override readonly name: string = 'JournalError';
}

/** The journal is another process's by now: this one was taken for dead while it stood still. */
export class JournalTaken extends JournalError {
  override readonly name = 'JournalTaken';
  /** Next command for the operator. */
  readonly next: string;

  constructor(message: string, next: string) {
    super(message);
    this.next = next;
  }
}
