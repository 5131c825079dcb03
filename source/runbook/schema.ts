import {z} from 'zod';

const name = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'use lower-case words joined by hyphens')
  .max(64);
const identifier = z
  .string()
  .regex(/^[a-z][a-zA-Z0-9]*$/, 'start with a lower-case letter; letters and digits only')
  .max(40);
const operation = z
  .string()
  .regex(/^[a-z][a-z0-9-]*:[A-Z][A-Za-z0-9]*$/, 'write service:Operation, such as iam:GetRole');
const line = z.string().min(1).max(500);
const text = z.string().min(1).max(4096);
const expression = text
  .regex(/^\$\{\{[^]*\}\}$/, 'write one expression, ${{ … }}')
  .describe('One JMESPath expression in ${{ }}.');
const json = z.json();
const members = z.record(z.string().max(200), json);
const seconds = z
  .union([z.number().min(0).max(604_800), expression])
  .describe('A number of seconds, or an expression that gives one.');
const errorNames = z.array(z.string().min(1).max(100)).min(1);

const input = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('string'),
    description: line.optional(),
    default: z.string().optional(),
    enum: z.array(z.string()).min(1).optional(),
  }),
  z.strictObject({
    type: z.literal('number'),
    description: line.optional(),
    default: z.number().optional(),
    minimum: z.number().optional(),
    maximum: z.number().optional(),
  }),
  z.strictObject({
    type: z.literal('boolean'),
    description: line.optional(),
    default: z.boolean().optional(),
  }),
]);

const matcher = z.union([
  z.strictObject({
    output: z.strictObject({
      path: text.describe('JMESPath over the answer.'),
      expected: z.string(),
      comparator: z.enum(['stringEquals', 'booleanEquals', 'allStringEquals', 'anyStringEquals']),
    }),
  }),
  z.strictObject({success: z.boolean()}),
  z.strictObject({errorType: z.string().min(1).max(100)}),
]);

const waitUntil = z.strictObject({
  call: operation,
  with: members.optional(),
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
  read: operation,
  with: members.describe("The read's request. Members that the write takes too are carried over."),
  resource: expression.describe("The resource within the read's answer."),
  write: operation,
  set: members.optional().describe('Members to change.'),
  remove: z.array(z.string().min(1)).optional().describe('Members to leave out.'),
});

const retrier = z.strictObject({
  errorEquals: errorNames,
  maxAttempts: z.number().int().min(1).max(100).describe('Tries altogether, the first included.'),
  intervalSeconds: seconds.describe('Wait before the second try.'),
  backoffRate: z.number().min(1).max(10).default(2),
  maxDelaySeconds: seconds.optional(),
});

const catcher = z.strictObject({
  errorEquals: errorNames,
  next: z
    .string()
    .describe('The step to go on from; `continue` takes the step as done, `end` ends the run as a success.'),
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

const step = z.strictObject({
  id: identifier,
  title: line,
  scope: z
    .enum(['account', 'region'])
    .default('account')
    .describe('`region`: once in each Region. `account`: once, when every Region has arrived.'),
  column: line.max(16).optional().describe('Heading of the Region grid column that shows the summary.'),
  when: expression.optional(),
  forEach: expression.optional().describe('A list; the action is done once for each item.'),
  maxConcurrency: z
    .number()
    .int()
    .min(1)
    .max(40)
    .default(1)
    .describe('How many items are worked on at the same time in a Region.'),
  call: operation.optional(),
  with: members.optional(),
  update: update.optional(),
  waitUntil: waitUntil.optional(),
  assert: z.strictObject({that: expression, message: text}).optional(),
  confirm: z
    .strictObject({
      message: text,
      typeToConfirm: text.optional().describe('The exact text that has to be typed.'),
      once: z.boolean().default(false).describe('Given once, it holds when a catch goes back over it.'),
    })
    .optional(),
  output: expression.optional().describe('What is kept of the answer; the whole answer when left out.'),
  summary: text.optional().describe('A few words on the output, for the screen.'),
  retry: z.array(retrier).optional(),
  catch: z.array(catcher).optional(),
});

/** What a runbook file holds. Published as JSON Schema for editors. */
export const runbookSchema = z.strictObject({
  handrail: z.literal(1).describe('Version of the runbook language.'),
  name,
  title: line,
  description: text.optional(),
  reference: z.url().optional().describe('The page that the procedure comes from.'),
  regionsOf: identifier
    .optional()
    .describe('The service whose Regions the Region steps visit, as the SSM public parameters name it.'),
  inputs: z.record(identifier, input).default({}),
  steps: z.array(step).min(1).max(100),
});

export type Runbook = z.output<typeof runbookSchema>;
export type Step = Runbook['steps'][number];
export type Input = Runbook['inputs'][string];
export type WaitUntil = NonNullable<Step['waitUntil']>;
export type Update = NonNullable<Step['update']>;
export type Catcher = NonNullable<Step['catch']>[number];
export type Retrier = NonNullable<Step['retry']>[number];

/** The actions a step may have: exactly one of them. */
export const actionNames = ['call', 'update', 'waitUntil', 'assert', 'confirm'] as const;
