/** Unusable arguments. Nothing was called, and the message names the right ones. Exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
