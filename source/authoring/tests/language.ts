import {z} from 'zod';
import {faultKinds} from '../../engine/model/fault.ts';
import {identifier, line, members, operation, text} from '../../runbook/language/vocabulary.ts';
import {regionName} from '../../runbook/region-name.ts';

const region = z.string().regex(regionName, 'write the name of a Region, such as eu-west-1');
const regions = z.array(region).min(1).max(60);

/** A row of what a failed deletion named as in use. */
const usage = z.strictObject({
  region: z.string(),
  resource: z.string(),
  reportedRegion: z.string().optional(),
});

/** What a journal has of an answer. */
const recorded = z
  .union([
    z.strictObject({output: z.json().describe('The output of the step, or the resource of an `update`.')}),
    z.strictObject({waiting: z.literal(true).describe('A wait looks again.')}),
    z.strictObject({
      more: z.literal(true).describe('A page of a list that was given up before its next page.'),
    }),
    z.strictObject({
      failed: text.describe('A wait fails, for this reason.'),
      usage: z.array(usage).optional().describe('The resources in the way.'),
    }),
    z.strictObject({
      fault: z
        .looseObject({kind: z.enum(faultKinds), name: line, message: z.string()})
        .describe('The error, as Handrail took it.'),
    }),
  ])
  .describe(
    'What a journal has of an answer, in its place: the expressions of the step are not evaluated for it. `--record` writes it, with the `step`.',
  );

const where = {
  region: region.optional().describe('Only in this Region; in every one when left out.'),
  with: members
    .optional()
    .describe('Only requests with these members; others may be there, and lists count as a whole.'),
};

const timing = {
  until: operation
    .optional()
    .describe('Only until this operation was sent, in the same Region or for the account.'),
  times: z
    .number()
    .int()
    .min(1)
    .max(10_000)
    .optional()
    .describe(
      'How often it is given in a Region. Left out: once when an entry with the same `region`, `with` and `step` follows, otherwise again and again.',
    ),
};

const answered = members.optional().describe('The members of the answer, as the AWS CLI prints them.');

const refused = {
  error: line
    .optional()
    .describe('The name of an error, or the code of a connection that breaks: `ECONNRESET`.'),
  message: text.optional().describe('The message of the error.'),
  status: z
    .number()
    .int()
    .min(300)
    .max(599)
    .optional()
    .describe('The HTTP status of the error. Left out: 400.'),
};

interface Refusal {
  readonly error?: string | undefined;
  readonly message?: string | undefined;
  readonly status?: number | undefined;
}

const detailsOfError = {message: '`message` and `status` belong to an `error`'};
const hasDetailsOfError = ({error, message, status}: Refusal): boolean =>
  error !== undefined || (message === undefined && status === undefined);

/** An entry of the answers to an operation. */
const answer = z
  .strictObject({
    ...where,
    step: identifier.optional().describe('Only calls of this step.'),
    ...timing,
    order: z
      .number()
      .int()
      .min(0)
      .optional()
      .describe(
        'Of answers that are awaited at the same time, the ones with the lowest number come first, all of them together. `--record` writes it for steps that go on at the same time.',
      ),
    answer: answered,
    recorded: recorded.optional(),
    ...refused,
  })
  .refine(
    ({answer: one, error, recorded: kept}) =>
      [one, error, kept].filter((it) => it !== undefined).length === 1,
    {message: 'an entry has one of `answer`, `error` and `recorded`'},
  )
  .refine(({recorded: kept, step}) => kept === undefined || step !== undefined, {
    message: '`recorded` is of a step: name it with `step`',
  })
  .refine(hasDetailsOfError, detailsOfError);

/** An entry of the answers of a simulated service, which knows of no steps. */
export const scenarioAnswer = z
  .strictObject({...where, ...timing, answer: answered, ...refused})
  .refine(({answer: one, error}) => (one === undefined) !== (error === undefined), {
    message: 'an entry has one of `answer` and `error`',
  })
  .refine(hasDetailsOfError, detailsOfError);

/** Answers by operation, each a list of entries. */
export function answersFor<T extends z.ZodType>(entry: T): z.ZodRecord<typeof operation, z.ZodArray<T>> {
  return z
    .record(operation, z.array(entry).min(1).max(1000))
    .describe(
      'Answers of AWS by operation: the first entry that fits a request and is not used up answers it.',
    );
}

const answers = answersFor(answer);

/** An entry of the dialogue. */
const reply = z
  .strictObject({
    step: identifier.describe('The step that asks.'),
    says: z.array(text).optional().describe('Texts that the question or its changes must have.'),
    answer: z
      .enum(['yes', 'no', 'nobody'])
      .optional()
      .describe('The answer to a question; `nobody` where no operator is there to give one.'),
    type: z.string().max(4096).optional().describe('The text that is typed where one has to be.'),
  })
  .refine(({answer: given, type}) => (given === undefined) !== (type === undefined), {
    message: 'an entry has `answer` or `type`, and not both',
  });

const expectedRequest = z.strictObject({
  call: operation.describe('The operation.'),
  ...where,
  region: region.optional().describe('The Region that it is sent to. Left out: any, or the account.'),
});

const summary = z.union([text, z.record(region, text)]);

const expectation = z.strictObject({
  end: z
    .enum(['done', 'planned', 'failed', 'declined', 'needs-operator', 'blocked'])
    .describe('How the run ends.'),
  exitCode: z.number().int().min(0).max(255).optional().describe('The exit code of the run.'),
  message: text.optional().describe('A text that the last line of the run must have.'),
  step: identifier.optional().describe('The step that failed, that stopped a Region, or that was declined.'),
  error: line.optional().describe('The name of the error that it failed with.'),
  changes: z
    .array(expectedRequest)
    .default([])
    .describe(
      'Every change that is sent, and no other. The order counts within a Region; tries again are not counted. Left out: none.',
    ),
  requests: z
    .array(expectedRequest)
    .optional()
    .describe('Requests that are sent in this order. Others may be sent between them.'),
  never: z.array(operation).optional().describe('Operations that are not sent.'),
  regions: z
    .record(region, z.enum(['clear', 'in use', 'unknown', 'not checked yet']))
    .optional()
    .describe('What is known of Regions at the end.'),
  summaries: z
    .record(identifier, summary)
    .optional()
    .describe('Texts that summaries must have, by step; for a Region step by Region too.'),
  says: z
    .array(text)
    .optional()
    .describe('Texts that the run must say: in its lines, its questions or its end.'),
});

const inputs = z.record(identifier, z.json()).describe('Values of inputs. A secret stands here as it is.');

const shared = {
  regions: regions.optional().describe('The Regions of the account, all of which have the service.'),
  inputs: inputs.optional(),
  answers: answers.optional(),
};

const testCase = z.strictObject({
  name: line.describe('The behavior that it protects.'),
  ...shared,
  plan: z.literal(true).optional().describe('Looks only, as `--plan`.'),
  region: regions.optional().describe('The Regions for changes, as `--region`.'),
  onlyRegion: regions.optional().describe('The only Regions to look at, as `--only-region`.'),
  waive: regions.optional().describe('Regions to go on without, as `--waive`.'),
  operator: z
    .array(reply)
    .default([])
    .describe(
      'The questions of the run in their order, and their answers. Every one is asked, and no other.',
    ),
  expect: expectation,
});

/** Content of a test file. */
export const testFileSchema = z.strictObject({
  handrail: z.literal(1).describe('Version of the language.'),
  runbook: line.describe('The runbook: the name of a shipped one, or a file by its path from here.'),
  account: z
    .string()
    .regex(/^\d{12}$/, 'write the twelve digits of an account, in quotes')
    .default('123456789012')
    .describe('The account.'),
  caller: line.optional().describe('The ARN of the caller. Left out: the session `ops/kim` in the account.'),
  now: z.iso
    .datetime({offset: true})
    .default('2026-01-01T08:00:00Z')
    .describe('When the runs begin. Waits take no time.'),
  ...shared,
  cases: z
    .array(testCase)
    .min(1)
    .max(200)
    .describe('The runs. What a case has goes before what the file has.'),
});

export type TestFile = z.output<typeof testFileSchema>;
export type TestCase = TestFile['cases'][number];
export type AnswerEntry = z.output<typeof answer>;
export type Reply = z.output<typeof reply>;

export type ExpectedRequest = z.output<typeof expectedRequest>;

/** The JSON Schema of a test file, as editors read it. */
export function testJsonSchema(): object {
  return {
    ...z.toJSONSchema(testFileSchema, {io: 'input'}),
    $id: 'urn:handrail:test:1',
    title: 'Handrail test',
  };
}
