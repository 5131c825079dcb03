import {membersOf, type Json} from '../../data/json.ts';
import {arnProblem} from '../../runbook/arn.ts';
import {saysAbsence} from '../../runbook/expression/absence.ts';
import {ExpressionError} from '../../runbook/expression/parse.ts';
import {expressionIn} from '../../runbook/expression/template.ts';
import type {Members} from '../../runbook/language/vocabulary.ts';
import {missingFrom, type OperationModel} from '../../runbook/operation.ts';
import {misfit} from '../../runbook/request-value.ts';
import type {CallPhase} from '../model/events.ts';
import {expressionFault, type Fault} from '../model/fault.ts';
import {holdsConcealed, revealed} from '../model/mask-secrets.ts';
import {holdsMask, type Secret} from '../../runbook/secret.ts';

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

/**
 * Refuses a request that is not what its operation takes: the SDK would leave out what it cannot write, and the rest
 * would ask for more than was meant.
 */
export function refuseMisfit(model: OperationModel, members: {readonly [member: string]: Json}): void {
  const wrong = misfit(members, model.input);
  if (wrong !== undefined) throw new UnsafeRequest(`${model.name} was not sent: ${wrong}`);
}

/** Refuses a request without a member that its operation needs. */
export function refuseIncomplete(model: OperationModel, request: {readonly [member: string]: Json}): void {
  const [missing] = missingFrom(model, new Set(Object.keys(request)));
  if (missing !== undefined) throw new UnsafeRequest(`${model.name} was not sent: it needs ${missing}`);
}

/**
 * Refuses a request to EC2 in which an expression made a list empty. EC2's query has no empty lists: the member is
 * left out, and what was to be about some things is about all. `optional(…)` says that this is meant.
 */
export function refuseEmptyLists(
  {name, service}: OperationModel,
  written: Members,
  request: {readonly [member: string]: Json},
): void {
  if (service !== 'ec2') return;
  for (const [member, value] of Object.entries(request)) {
    if (!isEmptied(written[member] ?? null, value)) continue;
    throw new UnsafeRequest(
      `${name} was not sent: ${member} has an empty list, which EC2 takes for no ${member} at all; leave the step out ` +
        'with `when`, or write optional(…) where everything is meant',
    );
  }
}

/** Returns true if an expression made an empty list of a value, or of a part of it. */
function isEmptied(written: Json, value: Json): boolean {
  if (typeof written === 'string') {
    const expression = expressionIn(written);
    return expression !== undefined && !saysAbsence(expression) && hasEmptyList(value);
  }
  if (typeof written !== 'object' || written === null || typeof value !== 'object' || value === null)
    return false;
  const parts = membersOf(value);
  return Object.entries(written).some(([name, part]) =>
    isEmptied(
      part as Json,
      Array.isArray(value) ? ((value as readonly Json[])[Number(name)] ?? null) : (parts[name] ?? null),
    ),
  );
}

function hasEmptyList(value: Json): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return (Array.isArray(value) && value.length === 0) || Object.values(value).some(hasEmptyList);
}

/** Effect that the request of a phase must have. A `call` may have either. */
const effects: Readonly<Record<CallPhase, OperationModel['effect'] | undefined>> = {
  call: undefined,
  poll: 'read',
  recheck: 'read',
  read: 'read',
  verify: 'read',
  write: 'change',
};

/** Refuses a wait or a read that would change something, and a write that would change nothing. */
export function refuseWrongEffect({name, effect}: OperationModel, phase: CallPhase): void {
  const must = effects[phase];
  if (must === undefined || must === effect) return;
  throw new UnsafeRequest(
    must === 'read'
      ? `${name} was not sent: it changes something, and this step may only read with it`
      : `${name} was not sent: it only reads, so it writes nothing back`,
  );
}

/** Refuses a request that would go out with a mask in the place of a secret. */
export function refuseMasks(
  operation: string,
  request: {readonly [member: string]: Json},
  secrets: readonly Secret[],
): void {
  if (!textsIn(revealed(request, secrets)).some(holdsMask)) return;
  throw new UnsafeRequest(
    `${operation} was not sent: it holds the mask of a secret, and the secret is not known`,
  );
}

function textsIn(value: Json): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
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
