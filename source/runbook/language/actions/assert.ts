import {z} from 'zod';
import {expression, text} from '../vocabulary.ts';
import type {ActionSyntax} from './syntax.ts';

const assert = z.strictObject({
  that: expression.describe('What must be true.'),
  message: text.describe('What to say when it is not.'),
});

/** The members of a step that write it. */
export const assertMembers = {
  assert: assert
    .optional()
    .describe('A condition that must hold, and what to say when it does not: `AssertionFailed`.'),
};

type Written = z.output<z.ZodObject<typeof assertMembers>>;

/** Checks a condition. */
export type Assert = {readonly kind: 'assert'} & Readonly<z.output<typeof assert>>;

export const assertSyntax: ActionSyntax<Written, Assert> = {
  takes: [],
  without: {undo: 'this step changes nothing', forEach: 'an assert is done once'},
  from: ({assert: given}) => (given === undefined ? undefined : {kind: 'assert', ...given}),
};
