/** Meanings of exit codes. docs/exit-codes.md documents them. */
export const exitCodes = {
  done: 0,
  failed: 1,
  /** Wrong arguments, or a runbook that cannot be used: nothing was called. */
  usage: 2,
  needsOperator: 3,
  blocked: 4,
  /** Another process took the run over while this one stood still. */
  taken: 5,
  /** A policy forbids it: nothing was changed. */
  policy: 6,
  /** A mistake in Handrail itself, as sysexits.h has it for internal errors. */
  crashed: 70,
  interrupted: 130,
} as const;
