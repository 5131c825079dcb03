/** The journal cannot be written. Nothing that is not in it may be done, so the run has to stop. */
export class JournalError extends Error {
  override readonly name = 'JournalError';
}
