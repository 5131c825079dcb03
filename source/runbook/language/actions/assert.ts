import {z} from 'zod';
import {expression, text} from '../vocabulary.ts';
import type {ActionSyntax} from './syntax.ts';

const assert = z.strictObject({
  that: expression.describe('The condition.'),
  message: text.describe('Message for the operator when it does not hold.'),
});

/** The members of a step that write it. */
export const assertMembers = {
  assert: assert
    .optional()
    .describe('A condition that must hold. Otherwise the step fails with `AssertionFailed` and its message.'),
};

type Written = z.output<z.ZodObject<typeof assertMembers>>;

/** Checks a condition. */
export type Assert = {readonly kind: 'assert'} & Readonly<z.output<typeof assert>>;

export const assertSyntax: ActionSyntax<Written, Assert> = {
  takes: [],
  without: {undo: 'this step changes nothing', forEach: 'an assert is done once'},
  from: ({assert: given}) => (given === undefined ? undefined : {kind: 'assert', ...given}),
};
