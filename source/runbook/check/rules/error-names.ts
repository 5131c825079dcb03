import {closestName} from '../../../text/closest-name.ts';
import {operationsOf} from '../../actions/actions.ts';
import type {Step} from '../../language/step.ts';
import type {Path} from '../../load/source-positions.ts';
import type {Problem} from '../../load/problem.ts';
import type {CheckContext} from '../context.ts';

/** Names that Handrail itself gives to errors, or to kinds of them. */
const ownNames = [
  'All AlreadyExists AssertionFailed WaiterFailed WaiterTimedOut StepTimedOut',
  'ChangedSince ReadBackDiffers ExpressionError GarbledAnswer UnsafeRequest',
].flatMap((names) => names.split(' '));

/** Codes that any service may send, in the spellings that services use. */
const commonNames = [
  'AccessDenied AccessDeniedException AuthFailure UnauthorizedOperation UnrecognizedClientException ExpiredToken',
  'OptInRequired RequestLimitExceeded Throttling ThrottlingException TooManyRequestsException ValidationException',
  'InternalFailure InternalServerError ServiceUnavailable TimeoutError ResourceNotFoundException',
  'ResourceInUseException ConflictException InvalidParameterException InvalidParameterValue',
].flatMap((names) => names.split(' '));

/**
 * Warns of an error's name that is nearly that of one that there is: a `catch` of it never catches. It is no error,
 * for services also send codes that their models lack.
 */
export function errorNamesRule({runbook, places, operations}: CheckContext): readonly Problem[] {
  return runbook.steps.flatMap((step, index) => {
    const own = operationsOf(step);
    const modelled = own.flatMap((name) => operations.get(name)?.errors ?? []);
    const known = [...new Set([...ownNames, ...commonNames, ...modelled])];
    return namesIn(step).flatMap(({name, path}): Problem[] => {
      if (known.some((other) => bare(other) === bare(name))) return [];
      const near = closestName(bare(name), known.map(bare), 2);
      const meant = known.find((other) => bare(other) === near);
      if (meant === undefined) return [];
      const whose = modelled.includes(meant) ? `${own.join(' and ')} has no error` : 'there is no error';
      return [places.atPath(['steps', index, ...path], `${whose} ${name} in its model`, meant)];
    });
  });
}

interface Named {
  readonly name: string;
  /** Within the step. */
  readonly path: Path;
}

function namesIn({retry = [], catch: catchers = [], action}: Step): readonly Named[] {
  const accepted =
    action.kind !== 'waitUntil'
      ? []
      : action.acceptors.flatMap(({matcher}, at): Named[] =>
          'errorType' in matcher
            ? [{name: matcher.errorType, path: ['waitUntil', 'acceptors', at, 'matcher', 'errorType']}]
            : [],
        );
  return [...listed('retry', retry), ...listed('catch', catchers), ...accepted];
}

function listed(
  member: 'retry' | 'catch',
  lists: readonly {readonly errorEquals: readonly string[]}[],
): readonly Named[] {
  return lists.flatMap(({errorEquals}, at) =>
    errorEquals.map((name, which) => ({name, path: [member, at, 'errorEquals', which]})),
  );
}

function bare(name: string): string {
  return name.replace(/(Exception|Error)$/, '');
}
