import {z} from 'zod';
import {defined, type Defined} from '../../../data/defined.ts';
import {expression, members, operation, type Effect, type Seconds} from '../vocabulary.ts';
import type {ActionSyntax, BesideAction} from './syntax.ts';
import {acceptorPaths, settling} from './wait-until.ts';

const update = z.strictObject({
  read: operation.describe('The operation that reads the resource. One that changes something is refused.'),
  with: members.describe("The read's request. Members that the write takes too are carried over."),
  resource: expression.describe(
    'The resource within the read’s answer. A member that the write calls otherwise gets that name here: `${{ DBInstances[0].{VpcSecurityGroupIds: VpcSecurityGroups[].VpcSecurityGroupId} }}`.',
  ),
  write: operation.describe('The operation that writes it back. One that only reads is refused.'),
  writeWith: members
    .optional()
    .describe(
      'Members of the write that are not the resource’s: what the resource is called there (`service`), or how it is written (`ApplyImmediately`). They are sent and never compared; an undo sends them again.',
    ),
  set: members
    .optional()
    .describe('Members to change. Each must be a member of the resource, to be compared.'),
  remove: z.array(z.string().min(1)).optional().describe('Members to leave out.'),
  partial: z
    .boolean()
    .optional()
    .describe(
      'The write changes only the members that it is given. Nothing else is carried over, compared or put back. Of a structure, only the members that are set are compared.',
    ),
  expect: expression
    .optional()
    .describe(
      'Members of the write as they must still be when the resource is read; `ChangedSince` when they are not. Guards against overwriting a change by another client.',
    ),
  waitUntil: settling
    .optional()
    .describe(
      'Reads again and again after the write, where AWS makes the change later. Left out: it is read back once.',
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
  bareExpressions: ({update: given}) => acceptorPaths(given?.waitUntil, ['update', 'waitUntil']),
};

/** The wait of an update. */
export type Settling = z.output<typeof settling>;
