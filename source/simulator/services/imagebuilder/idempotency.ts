import {ServiceError} from '../../service-error.ts';
import {regionOf} from '../../state/region-of.ts';
import type {Call} from '../service.ts';

/**
 * Performs a call once for each client token. The same request again gets the same answer without a second
 * effect. A different request under the same token is refused. Refused calls are not remembered.
 */
export function once(call: Call, operation: string, clientToken: string, perform: () => object): object {
  const {answers} = regionOf(call.account, call.region);
  const parameters = canonical(call.input);
  const remembered = answers.get(clientToken);
  if (remembered === undefined) {
    const answer = perform();
    answers.set(clientToken, {operation, parameters, answer});
    return answer;
  }
  if (remembered.operation === operation && remembered.parameters === parameters) return remembered.answer;
  throw new ServiceError(
    'IdempotentParameterMismatchException',
    400,
    'The client token was already used with different parameters.',
  );
}

/** JSON with sorted keys: the order of members on the wire means nothing. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}
