import {z} from 'zod';
import {defined, type Defined} from '../../../data/defined.ts';
import {expression, members, operation, seconds, text, type Effect} from '../vocabulary.ts';
import type {ActionSyntax, BareExpression, BesideAction} from './syntax.ts';

const outputMatcher = z.strictObject({
  output: z
    .strictObject({
      path: text.describe('JMESPath over the answer.'),
      expected: z.string().describe('What it gives where the acceptor matches: a text, `true` or `false`.'),
      comparator: z
        .enum(['stringEquals', 'booleanEquals', 'allStringEquals', 'anyStringEquals'])
        .describe('How the two are compared. The last two compare the texts of a list.'),
    })
    .describe('Compares a part of the answer.'),
});

const acceptorState = z
  .enum(['success', 'failure', 'retry'])
  .describe('What the wait does where it matches: it ends, it fails, or it looks again.');

const matches = 'What the answer has to be.';

const matcher = z.union([
  outputMatcher,
  z.strictObject({success: z.boolean().describe('Whether the call succeeded.')}),
  z.strictObject({errorType: z.string().min(1).max(100).describe('The name of the error that it ended in.')}),
]);

/** A wait as it is written. */
export const waitUntil = z.strictObject({
  call: operation.describe('The operation that looks. One that changes something is refused.'),
  with: members.optional().describe("The request's members."),
  acceptors: z
    .array(z.strictObject({state: acceptorState, matcher: matcher.describe(matches)}))
    .min(1)
    .describe('As in a Smithy waiter: the first that matches decides.'),
  minDelay: seconds.describe('Least time between two polls, in seconds. Below 0.5 it counts as 0.5.'),
  maxDelay: seconds.describe(
    'Most time between two polls, in seconds. After t seconds the next poll comes half the square root of t later, within the two.',
  ),
  maxWaitTime: seconds.describe('Total time, in seconds, after which the wait fails.'),
  failure: z
    .strictObject({reason: expression.optional(), usage: expression.optional()})
    .optional()
    .describe(
      'Read from the answer that a failure acceptor matched: the reason, and the resources in the way. They are a list of {region, resource, reportedRegion}, shown in the rows of those Regions; `reportedRegion` is optional.',
    ),
});

/** The wait of an `update`, as it is written: it polls with the update's read. */
export const settling = waitUntil.omit({call: true, with: true}).extend({
  acceptors: z
    .array(z.strictObject({state: acceptorState, matcher: outputMatcher.describe(matches)}))
    .min(1)
    .optional()
    .describe(
      'As in a Smithy waiter, over the read’s answer. It is over when they say so and every member is as written; left out, when every member is.',
    ),
  failure: z
    .strictObject({reason: expression.describe('The reason, in words for the operator.')})
    .optional()
    .describe('The reason, read from the answer that a failure acceptor matched.'),
});

/** The members of a step that write it. */
export const waitUntilMembers = {
  waitUntil: waitUntil.optional().describe('Asks again and again, until an acceptor decides.'),
};

type Written = z.output<z.ZodObject<typeof waitUntilMembers>> & BesideAction;

/** Polls until an acceptor decides. */
export type WaitUntil = {
  readonly kind: 'waitUntil';
  readonly output?: string;
  readonly effect?: Effect;
} & Defined<z.output<typeof waitUntil>>;

export const waitUntilSyntax: ActionSyntax<Written, WaitUntil> = {
  takes: ['output', 'effect', 'forEach'],
  without: {
    undo: 'this step changes nothing',
    timeoutSeconds: 'the total time of a waitUntil is maxWaitTime',
  },
  from: ({waitUntil: given, output, effect}) =>
    given === undefined ? undefined : {kind: 'waitUntil', ...defined(given), ...defined({output, effect})},
  bareExpressions: ({waitUntil: given}) => acceptorPaths(given, ['waitUntil']),
};

/** The paths of a wait's acceptors: JMESPath without `${{ }}`. `at` is where the wait stands in its step. */
export function acceptorPaths(
  wait: Pick<z.output<typeof settling> | z.output<typeof waitUntil>, 'acceptors'> | undefined,
  at: readonly string[],
): readonly BareExpression[] {
  return (wait?.acceptors ?? []).flatMap(({matcher: one}, which) =>
    'output' in one
      ? [{source: one.output.path, path: [...at, 'acceptors', which, 'matcher', 'output', 'path']}]
      : [],
  );
}
