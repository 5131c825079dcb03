import {z} from 'zod';
import {defined, type Defined} from '../../../data/defined.ts';
import {text} from '../vocabulary.ts';
import type {ActionSyntax} from './syntax.ts';

const confirm = z.strictObject({
  message: text.describe('Text for the operator, above the changes.'),
  typeToConfirm: text.optional().describe('The exact text that has to be typed.'),
  approvals: z
    .int()
    .min(1)
    .max(10)
    .optional()
    .describe(
      'The number of people who have to agree. The caller is one of them, unless `notCaller` is true.',
    ),
  notCaller: z.boolean().optional().describe('Only people count who neither started the run nor resumed it.'),
  once: z.boolean().default(false).describe('Given once, it holds when a catch goes back over it.'),
});

/** The members of a step that write it. */
export const confirmMembers = {
  confirm: confirm.optional().describe('Shows the changes that follow and asks the operator.'),
};

type Written = z.output<z.ZodObject<typeof confirmMembers>>;

/** Asks the operator to agree to the changes that follow. */
export type Confirm = {readonly kind: 'confirm'} & Defined<z.output<typeof confirm>>;

export const confirmSyntax: ActionSyntax<Written, Confirm> = {
  takes: [],
  without: {undo: 'this step changes nothing', forEach: 'a confirm is done once'},
  accountOnly: 'a confirmation is asked once, in the account scope',
  from: ({confirm: given}) => (given === undefined ? undefined : {kind: 'confirm', ...defined(given)}),
};
