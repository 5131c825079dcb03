import type {Json} from '../../data/json.ts';
import {arnProblem} from '../../runbook/arn.ts';
import {ExpressionError} from '../../runbook/expression/parse.ts';
import {expressionFault, type Fault} from '../model/fault.ts';
import {holdsConcealed} from '../model/mask-secrets.ts';

/** A request that Handrail refuses to send. */
class UnsafeRequest extends Error {
  override readonly name = 'UnsafeRequest';
}

/** Refuses a request whose ARNs are malformed or of the wrong kind, or that lost a sensitive value. */
export function refuseUnsafe(operation: string, request: {readonly [member: string]: Json}): void {
  for (const [member, value] of Object.entries(request)) {
    const problem = typeof value === 'string' ? arnProblem(operation, member, value) : undefined;
    if (problem !== undefined) throw new UnsafeRequest(`${operation} was not sent: ${problem}`);
  }
  if (!holdsConcealed(request)) return;
  throw new UnsafeRequest(
    `${operation} was not sent: it would carry on a value that AWS marks as sensitive, which is not kept`,
  );
}

/** The fault of a request that could not be made. Throws everything else on. */
export function requestFault(error: unknown): Fault {
  if (error instanceof ExpressionError) return expressionFault(error);
  if (!(error instanceof UnsafeRequest)) throw error;
  return {
    kind: 'unsafe',
    name: 'UnsafeRequest',
    message: error.message,
    remedy: 'correct the runbook, then run it again',
  };
}
