import {z} from 'zod';
import {defined, type Defined} from '../../../data/defined.ts';
import {expression, members, operation, type Effect, type Seconds} from '../vocabulary.ts';
import type {ActionSyntax, BesideAction} from './syntax.ts';

const update = z.strictObject({
  read: operation.describe('The operation that reads the resource. One that changes something is refused.'),
  with: members.describe("The read's request. Members that the write takes too are carried over."),
  resource: expression.describe("The resource within the read's answer."),
  write: operation.describe('The operation that writes it back. One that only reads is refused.'),
  set: members.optional().describe('Members to change.'),
  remove: z.array(z.string().min(1)).optional().describe('Members to leave out.'),
  partial: z
    .boolean()
    .optional()
    .describe(
      'The write changes only the members that it is given. Nothing else is carried over or compared.',
    ),
  expect: expression
    .optional()
    .describe(
      'Members of the write as they must still be when the resource is read; `ChangedSince` when they are not. Guards against overwriting a change by another client.',
    ),
});

/** The members of a step that write it. */
export const updateMembers = {
  update: update
    .optional()
    .describe('Reads a resource, changes members, writes it back, reads it again and compares.'),
};

type Written = z.output<z.ZodObject<typeof updateMembers>> & BesideAction;

/** Reads a resource, writes it back changed, and compares. */
export type Update = {
  readonly kind: 'update';
  readonly effect?: Effect;
  readonly timeoutSeconds?: Seconds;
} & Defined<z.output<typeof update>>;

export const updateSyntax: ActionSyntax<Written, Update> = {
  takes: ['effect', 'forEach', 'timeoutSeconds'],
  without: {
    output: 'an update keeps its resource',
    undo: 'an update undoes itself from its picture in the journal',
  },
  from: ({update: given, effect, timeoutSeconds}) =>
    given === undefined
      ? undefined
      : {kind: 'update', ...defined(given), ...defined({effect, timeoutSeconds})},
};
