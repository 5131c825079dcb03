import {z} from 'zod';
import {defined} from '../../../data/defined.ts';
import {
  expression,
  line,
  members,
  operation,
  type Effect,
  type Members,
  type Seconds,
} from '../vocabulary.ts';
import type {ActionSyntax, BesideAction} from './syntax.ts';
import {acceptorPaths, waitUntil} from './wait-until.ts';

const undo = z
  .union([
    z.strictObject({
      call: operation.describe('The operation that takes it back.'),
      with: members
        .optional()
        .describe(
          'Its expressions reach `item`, `output` (the answer), `inputs`, `account`, `caller`, `region`.',
        ),
      waitUntil: waitUntil
        .optional()
        .describe(
          'Waits for the undo to take effect, where AWS makes it later. In its expressions `item` is the answer of the undo’s call; the delays see the same variables as `with`.',
        ),
    }),
    z.strictObject({impossible: line.describe('Why there is no way back, in words for the operator.')}),
  ])
  .describe(
    'How `handrail undo` takes the change of a `call` back. An `update` needs none: the journal has its picture before the change.',
  );

const beforeRetry = z
  .strictObject({
    call: operation.describe('A read.'),
    with: members.optional().describe("The request's members."),
    done: expression.describe('Over its answer: true where nothing is left to do.'),
    output: expression.optional().describe('Over its answer: the output of the item then.'),
    message: line.optional().describe('What to say of the item then.'),
  })
  .describe(
    'Read before a refused `call` is tried again: AWS refuses what has come about by itself. Where `done` is true the item is done without the call; where the read fails the call is tried again.',
  );

/** The members of a step that write it. */
export const callMembers = {
  call: operation
    .optional()
    .describe(
      'One operation of any installed AWS client, `service:Operation`; a list is read to its last page.',
    ),
  with: members
    .optional()
    .describe("The request's members. One whose expression reaches nothing is left out."),
  beforeRetry: beforeRetry.optional(),
  undo: undo.optional(),
};

type Written = z.output<z.ZodObject<typeof callMembers>> & BesideAction;

/** The wait of an undo. */
export type UndoWait = z.output<typeof waitUntil>;

/** A read before another try. */
export type BeforeRetry = z.output<typeof beforeRetry>;

/** Calls one operation. */
export interface Call {
  readonly kind: 'call';
  /** `service:Operation`. */
  readonly call: string;
  readonly with?: Members;
  readonly beforeRetry?: BeforeRetry;
  readonly undo?: z.output<typeof undo>;
  readonly output?: string;
  readonly effect?: Effect;
  readonly timeoutSeconds?: Seconds;
}

export const callSyntax: ActionSyntax<Written, Call> = {
  takes: ['with', 'beforeRetry', 'undo', 'output', 'effect', 'forEach', 'timeoutSeconds'],
  from: ({call, with: given, beforeRetry: before, undo: back, output, effect, timeoutSeconds}) =>
    call === undefined
      ? undefined
      : defined({
          kind: 'call' as const,
          call,
          with: given,
          beforeRetry: before,
          undo: back,
          output,
          effect,
          timeoutSeconds,
        }),
  bareExpressions: ({undo: back}) =>
    back !== undefined && 'call' in back ? acceptorPaths(back.waitUntil, ['undo', 'waitUntil']) : [],
};
