import {z} from 'zod';
import {actionKinds, actionMembers, syntaxes, type Action} from './actions/actions.ts';
import type {BesideAction} from './actions/syntax.ts';
import {batch} from './batch.ts';
import {effect, errorNames, expression, identifier, isFree, line, seconds, text} from './vocabulary.ts';

const retrier = z.strictObject({
  errorEquals: errorNames,
  maxAttempts: z.number().int().min(1).max(100).describe('Tries altogether, the first included.'),
  intervalSeconds: seconds.describe('Wait before the second try.'),
  backoffRate: z.number().min(1).max(10).default(2).describe('Each further wait is this much longer.'),
  maxDelaySeconds: seconds.optional().describe('Longest wait between two tries.'),
});

const catcher = z.strictObject({
  errorEquals: errorNames,
  next: z
    .string()
    .describe(
      'The earlier step to go back to; `continue` takes the step as done, `end` ends the run as a success. A Region step cannot end the run. A look that is caught leaves its Region unknown: nothing is changed there and no account step begins, unless a later look has the same column, or there is an `output`.',
    ),
  message: text.optional().describe('Message for the operator.'),
  output: expression
    .optional()
    .describe(
      'Output of the step instead, with `next: continue`. The author vouches that nothing is missed.',
    ),
  waitSeconds: seconds.optional().describe('How long to wait before going on.'),
  waitBefore: identifier
    .optional()
    .describe(
      'The account step that the wait holds up: the steps before it are done at once. Nothing is waited for when they find something in use.',
    ),
  maxVisits: z
    .number()
    .int()
    .min(1)
    .max(100)
    .optional()
    .describe('How often this may happen in a run. A jump back must have it.'),
});

const outcome = z
  .strictObject({
    step: identifier.describe('The later step that shows it, once it has succeeded.'),
    reached: line.describe('The outcome once it has succeeded, in words for the operator.'),
    missed: line.describe('The outcome until then.'),
  })
  .describe(
    'The outcome of a change that AWS makes, or refuses, later. The change counts as requested, not as made, until the step that shows it has succeeded.',
  );

/** A step of a runbook file. */
export const step = z.strictObject({
  id: identifier.describe('Its name in expressions: `steps.<id>.output`.'),
  title: line.describe('Its name on the screen and in the report.'),
  scope: z
    .enum(['account', 'region'])
    .default('account')
    .describe('`region`: once in each Region. `account`: once, when every Region has arrived.'),
  alongside: z
    .literal(true)
    .optional()
    .describe(
      'Goes on at the same time as the step before it. Both only look or wait, and see nothing of each other: their expressions reach `inputs`, `item` and the steps before both.',
    ),
  once: z
    .literal(true)
    .optional()
    .describe(
      'A look that is made once in a run: where a catch goes back over it, its output holds. It shows in no column, as that tells what the latest look found.',
    ),
  column: line
    .max(16)
    .refine(isFree, 'this name has a special meaning in JavaScript')
    .optional()
    .describe('Heading of the Region grid column that shows the summary.'),
  skippable: z
    .boolean()
    .default(false)
    .describe('Whether the operator may go on without this step when it fails.'),
  when: expression.optional().describe('The step is skipped where this gives false.'),
  forEach: expression.optional().describe('A list; the action is done once for each item.'),
  label: text
    .optional()
    .describe(
      'How an item of `forEach` is called in the plan, on screens and in the journal, such as `${{ item.Name }} in ${{ item.Zone }}`. Left out: its ARN, name or id. Items of one name are told apart by what differs.',
    ),
  maxConcurrency: z
    .number()
    .int()
    .min(1)
    .max(40)
    .default(1)
    .describe('How many items are worked on at the same time in a Region.'),
  batch: batch.optional(),
  ...actionMembers,
  effect: effect.optional(),
  outcome: outcome.optional(),
  output: expression
    .optional()
    .describe('Expression for the part of the answer to keep; the whole answer when left out.'),
  summary: text.optional().describe('A few words on the output, for the screen.'),
  inUse: expression
    .optional()
    .describe(
      'Which of the output counts as in use in the column: a list. All that the output lists, when left out.',
    ),
  timeoutSeconds: seconds
    .optional()
    .describe(
      'Most time that the step may take in a Region, retries included; then it fails with `StepTimedOut`.',
    ),
  retry: z
    .array(retrier)
    .optional()
    .describe(
      'Errors to try again after. Throttling, passing faults and changes of resources in use are tried again without it.',
    ),
  catch: z.array(catcher).optional().describe('Handling of an error that remains after all tries.'),
  ifInstalled: z
    .literal(true)
    .optional()
    .describe('Skips the step, and says so, where the AWS client that it calls is not installed.'),
});

/** A step in its place in the runbook: it knows the group that it was written in. */
export const stepInPlace = step.extend({
  group: z.strictObject({title: line, when: expression.optional()}).optional(),
});

/** A step as its file has it. */
export type WrittenStep = z.output<typeof stepInPlace>;

/** A step: its action is one value. */
export type Step = Omit<WrittenStep, keyof typeof actionMembers | keyof BesideAction> & {
  readonly action: Action;
};

export type Catcher = z.output<typeof catcher>;
export type Retrier = z.output<typeof retrier>;

/** Members of a written step that its action takes up. */
const takenUp = new Set([...Object.keys(actionMembers), 'output', 'effect', 'timeoutSeconds']);

/** The step that was written. That it has exactly one action was seen to before. */
export function stepFrom(written: WrittenStep): Step {
  const action = actionKinds.map((kind) => syntaxes[kind].from(written)).find((one) => one !== undefined);
  if (action === undefined) throw new Error(`step ${written.id} has no action`);
  const rest = Object.fromEntries(Object.entries(written).filter(([member]) => !takenUp.has(member)));
  return {...(rest as Omit<Step, 'action'>), action};
}
