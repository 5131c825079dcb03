import {z} from 'zod';

const name = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'use lower-case words joined by hyphens')
  .max(64);
const identifier = z
  .string()
  .regex(/^[a-z][a-zA-Z0-9]*$/, 'start with a lower-case letter; letters and digits only')
  .max(40)
  .refine(isFree, 'this name has a meaning of its own in JavaScript');
const operation = z
  .string()
  .regex(/^[a-z][a-z0-9-]*:[A-Z][A-Za-z0-9]*$/, 'write service:Operation, such as iam:GetRole');
const line = z.string().min(1).max(500);
const text = z.string().min(1).max(4096);
const expression = text
  .regex(/^\$\{\{[\s\S]*\}\}$/, 'write one expression, ${{ … }}')
  .describe('One JMESPath expression in ${{ }}.');
const json = z.json();
const members = z.record(z.string().max(200), json);
const seconds = z
  .union([z.number().min(0).max(604_800), expression])
  .describe('A number of seconds, or an expression that gives one.');
const errorNames = z
  .array(z.string().min(1).max(100))
  .min(1)
  .describe('Names of errors, with or without `Exception`; `All` matches every one.');
const regionName = z
  .string()
  .regex(/^[a-z]{2,}(-[a-z]+)+-\d+$/, 'write the name of a Region, such as eu-west-1');

const input = z.discriminatedUnion('type', [
  z
    .strictObject({
      type: z.literal('string'),
      description: line.optional(),
      default: z.string().optional(),
      enum: z.array(z.string()).min(1).optional().describe('The only values it may have.'),
    })
    .describe('A text.'),
  z
    .strictObject({
      type: z.literal('number'),
      description: line.optional(),
      default: z.number().optional(),
      minimum: z.number().optional(),
      maximum: z.number().optional(),
    })
    .describe('A number.'),
  z
    .strictObject({
      type: z.literal('boolean'),
      description: line.optional(),
      default: z.boolean().optional(),
    })
    .describe('`true` or `false`.'),
  z
    .strictObject({
      type: z.literal('list'),
      description: line.optional(),
      default: z.array(z.string()).optional(),
    })
    .describe('Texts, given as `--input name=one,two`.'),
  z
    .strictObject({
      type: z.literal('regions'),
      description: line.optional(),
      default: z.array(regionName).optional(),
    })
    .describe('Names of Regions, given as `--input name=eu-west-1,us-east-1`.'),
  z
    .strictObject({type: z.literal('secret'), description: line.optional()})
    .describe(
      'A text that never reaches the journal or the screen. Given as `--input name=env:VARIABLE` or `name=file:PATH`, and used in the members of a request only.',
    ),
  z
    .strictObject({type: z.literal('journal'), description: line.optional()})
    .describe(
      'An earlier run, given by its id or its journal file: `{run, account, changes}`, where each change is `{region, step, target, operation, before, written}`.',
    ),
]);

const matcher = z.union([
  z.strictObject({
    output: z.strictObject({
      path: text.describe('JMESPath over the answer.'),
      expected: z.string(),
      comparator: z.enum(['stringEquals', 'booleanEquals', 'allStringEquals', 'anyStringEquals']),
    }),
  }),
  z.strictObject({success: z.boolean().describe('Whether the call succeeded.')}),
  z.strictObject({errorType: z.string().min(1).max(100).describe('The name of the error that it ended in.')}),
]);

const waitUntil = z.strictObject({
  call: operation.describe('The operation that looks.'),
  with: members.optional().describe("The request's members."),
  acceptors: z
    .array(z.strictObject({state: z.enum(['success', 'failure', 'retry']), matcher}))
    .min(1)
    .describe('As in a Smithy waiter: the first that matches decides.'),
  minDelay: seconds.describe('Least time between two polls, in seconds.'),
  maxDelay: seconds.describe('Most time between two polls, in seconds.'),
  maxWaitTime: seconds.describe('Total time, in seconds, after which the wait fails.'),
  failure: z
    .strictObject({reason: expression.optional(), usage: expression.optional()})
    .optional()
    .describe(
      'Read from the answer that a failure acceptor matched: the reason, and a list of {Region, Resources} that is put on the rows of those Regions.',
    ),
});

const update = z.strictObject({
  read: operation.describe('The operation that reads the resource.'),
  with: members.describe("The read's request. Members that the write takes too are carried over."),
  resource: expression.describe("The resource within the read's answer."),
  write: operation.describe('The operation that writes it back.'),
  set: members.optional().describe('Members to change.'),
  remove: z.array(z.string().min(1)).optional().describe('Members to leave out.'),
  partial: z
    .boolean()
    .optional()
    .describe(
      'The write changes only what it is given: nothing else is carried over, and nothing else compared.',
    ),
  expect: expression
    .optional()
    .describe(
      'Members of the write as they must still be when the resource is read; `ChangedSince` when they are not. Guards against overwriting what somebody else did.',
    ),
});

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
      'The earlier step to go back to; `continue` takes the step as done, `end` ends the run as a success.',
    ),
  message: text.optional().describe('What to tell the operator.'),
  waitSeconds: seconds.optional().describe('How long to wait before going on.'),
  maxVisits: z
    .number()
    .int()
    .min(1)
    .max(100)
    .optional()
    .describe('How often this may happen in a run. A jump back must have it.'),
});

const undo = z
  .union([
    z.strictObject({
      call: operation.describe('The operation that takes it back.'),
      with: members
        .optional()
        .describe(
          'Its expressions reach `item`, `output` (the answer), `inputs`, `account`, `caller`, `region`.',
        ),
    }),
    z.strictObject({impossible: line.describe('Why there is no way back, in words for the operator.')}),
  ])
  .describe(
    'How `handrail undo` takes the change of a `call` back. An `update` needs none: the journal has its picture before the change.',
  );

const step = z.strictObject({
  id: identifier.describe('What other steps call it: `steps.<id>.output`.'),
  title: line.describe('What the operator reads.'),
  scope: z
    .enum(['account', 'region'])
    .default('account')
    .describe('`region`: once in each Region. `account`: once, when every Region has arrived.'),
  alongside: z
    .literal(true)
    .optional()
    .describe(
      'Goes on at the same time as the step before it. Both only look or wait, and see nothing of each other.',
    ),
  column: line
    .max(16)
    .refine(isFree, 'this name has a meaning of its own in JavaScript')
    .optional()
    .describe('Heading of the Region grid column that shows the summary.'),
  skippable: z
    .boolean()
    .default(false)
    .describe('Whether the operator may go on without this step when it fails.'),
  when: expression.optional().describe('The step is skipped where this gives false.'),
  forEach: expression.optional().describe('A list; the action is done once for each item.'),
  maxConcurrency: z
    .number()
    .int()
    .min(1)
    .max(40)
    .default(1)
    .describe('How many items are worked on at the same time in a Region.'),
  call: operation
    .optional()
    .describe(
      'One operation of any installed AWS client, `service:Operation`; a list is read to its last page.',
    ),
  with: members
    .optional()
    .describe("The request's members. One whose expression reaches nothing is left out."),
  undo: undo.optional(),
  update: update
    .optional()
    .describe('Reads a resource, changes members, writes it back, reads it again and compares.'),
  waitUntil: waitUntil.optional().describe('Asks again and again, until an acceptor decides.'),
  assert: z
    .strictObject({
      that: expression.describe('What must be true.'),
      message: text.describe('What to say when it is not.'),
    })
    .optional()
    .describe('A condition that must hold, and what to say when it does not: `AssertionFailed`.'),
  confirm: z
    .strictObject({
      message: text.describe('What to tell the operator besides the changes.'),
      typeToConfirm: text.optional().describe('The exact text that has to be typed.'),
      once: z.boolean().default(false).describe('Given once, it holds when a catch goes back over it.'),
    })
    .optional()
    .describe('Shows the changes that follow and asks the operator.'),
  output: expression.optional().describe('What is kept of the answer; the whole answer when left out.'),
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
      'Errors to try again after. Throttling and passing faults are tried again without it, and so is a change of what is in use.',
    ),
  catch: z.array(catcher).optional().describe('What to do about an error that trying again did not cure.'),
  ifInstalled: z
    .literal(true)
    .optional()
    .describe('Skips the step, and says so, where the AWS client that it calls is not installed.'),
});

/** An entry of `steps` that stands for the steps of another file. */
export const includeSchema = z
  .strictObject({
    include: z
      .string()
      .regex(
        /^[a-z0-9][a-z0-9-]*(\/[a-z0-9][a-z0-9-]*)*\.yaml$/,
        'name a .yaml file in this folder or below it',
      )
      .max(200)
      .describe('A step list, in a file in the folder of this one or below. Its steps take this place.'),
  })
  .describe('Stands for the steps of another file.');

const language = z.literal(1).describe('Version of the runbook language.');
const head = {
  handrail: language,
  name: name.describe('Lower-case words joined by hyphens, as the file is called.'),
  title: line.describe('What the operator reads.'),
  description: text.optional().describe('What it does, for whoever chooses among runbooks.'),
  reference: z.url().optional().describe('The page that the procedure comes from.'),
  regionsOf: identifier
    .optional()
    .describe('The service whose Regions the Region steps visit, as the SSM public parameters name it.'),
  regions: expression
    .optional()
    .describe(
      'A list, from the inputs, of the Regions to visit; every one when it is empty. `--region` goes first.',
    ),
  inputs: z
    .record(identifier, input)
    .default({})
    .describe('What the operator may set, with `--input name=value`.'),
};

/** A runbook, its included steps in their places. */
export const runbookSchema = z.strictObject({...head, steps: z.array(step).min(1).max(100)});

/** What a runbook file holds. Published as JSON Schema for editors. */
export const runbookFileSchema = z.strictObject({
  ...head,
  steps: z
    .array(z.union([step, includeSchema]))
    .min(1)
    .max(100),
});

/** What a file of shared steps holds; it includes nothing itself. */
export const stepListSchema = z.strictObject({handrail: language, steps: z.array(step).min(1).max(100)});

export type Runbook = z.output<typeof runbookSchema>;
export type Step = Runbook['steps'][number];
export type Input = Runbook['inputs'][string];
export type WaitUntil = NonNullable<Step['waitUntil']>;
export type Update = NonNullable<Step['update']>;
export type Undo = NonNullable<Step['undo']>;
export type Catcher = NonNullable<Step['catch']>[number];
export type Retrier = NonNullable<Step['retry']>[number];

/** The actions a step may have: exactly one of them. */
export const actionNames = ['call', 'update', 'waitUntil', 'assert', 'confirm'] as const;

/** Names that every object has already: states and answers are kept in objects, by these names. */
function isFree(name: string): boolean {
  return !(name in Object.prototype);
}
