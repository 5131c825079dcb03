import {exitCodes} from './exit-codes.ts';

/** Unusable arguments. Nothing was called, and the message names the right ones. Exit code 2. */
export class UsageError extends Error {
  override readonly name: string = 'UsageError';
  readonly exitCode: number = exitCodes.usage;
}

/** A policy forbids what was asked for. Nothing was changed, and the message names the rule. Exit code 6. */
export class PolicyRefusal extends UsageError {
  override readonly name = 'PolicyRefusal';
  override readonly exitCode = exitCodes.policy;
}
