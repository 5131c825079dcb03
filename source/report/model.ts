import {z} from 'zod';

/** Version of the report's format. It grows when a reader of the one before would misread it. */
export const reportVersion = 1;

const time = z.int().describe('ms since the epoch');
const fault = z
  .object({
    kind: z.string().describe('what an operator acts on, such as denied or throttled'),
    name: z.string().describe('the error’s own name'),
    message: z.string(),
    status: z.int().optional().describe('HTTP status of the answer'),
    requestId: z.string().optional(),
    remedy: z.string().optional().describe('what the operator can do about it'),
  })
  .describe('why something could not be done');
const usage = z.object({
  region: z.string(),
  resource: z.string(),
  reportedRegion: z
    .string()
    .optional()
    .describe('the Region that AWS named, when it differs from the resource’s'),
});
const waiver = z
  .object({at: time, by: z.string(), typed: z.string().optional()})
  .describe('the operator went on without knowing the Region');

const run = z.object({
  id: z.string(),
  runbook: z.object({
    name: z.string(),
    title: z.string(),
    file: z.string(),
    sha256: z.string().describe('of the runbook’s text'),
  }),
  inputs: z.record(z.string(), z.json()).describe('as used; secret ones are masked'),
  mode: z.enum(['live', 'plan']),
  simulation: z.boolean().describe('it ran against Handrail’s own simulator; nothing real was touched'),
  startedAt: time,
  endedAt: time.nullable().describe('null while it has not ended'),
  lastEventAt: time,
  status: z
    .enum(['done', 'planned', 'failed', 'needs-operator', 'declined', 'blocked'])
    .nullable()
    .describe('null while it has not ended'),
  message: z.string(),
  rounds: z.int().describe('1, and one more for each time that it went back'),
  ticket: z.string().optional().describe('the change ticket that was given'),
  windows: z.array(z.string()).optional().describe('the hours in which changes were to start'),
  calendars: z.array(z.string()).optional().describe('the change calendars that had to be OPEN'),
  policy: z
    .array(z.object({file: z.string(), sha256: z.string().describe('of the file’s text')}))
    .optional()
    .describe('the policy files that it kept to; empty where there was none, absent in a simulation'),
  overridden: z
    .object({at: time, by: z.string(), reason: z.string()})
    .optional()
    .describe('the operator did not wait for a window'),
  resumed: z.array(z.object({at: time, by: z.string()})),
  interrupted: z.array(z.object({at: time, signal: z.string()})),
  versions: z.record(z.string(), z.string()),
});

const caller = z.object({
  account: z.string(),
  alias: z.string().optional(),
  arn: z.string(),
  partition: z.string(),
  endpoint: z.string().optional().describe('set when requests did not go to AWS’s own endpoints'),
});

const step = z.object({
  id: z.string(),
  title: z.string(),
  scope: z.enum(['account', 'region']),
  does: z.enum(['look', 'change', 'wait', 'pause', 'confirm', 'assert']),
});

const look = z.object({text: z.string(), inUse: z.int(), at: time}).describe('what a look came to');
const region = z.object({
  region: z.string(),
  truth: z
    .enum(['clear', 'in-use', 'unknown', 'unlooked'])
    .describe('at the end; unknown could not be checked, unlooked was not reached'),
  found: z.record(z.string(), look).describe('the first look of each column'),
  left: z.record(z.string(), look).describe('the last look of each column'),
  usage: z.array(usage).describe('named as still in use by the last deletion that failed'),
  fault: fault.optional().describe('what stopped the work there'),
  waived: waiver.optional(),
  calls: z.int(),
  failedCalls: z.int(),
});

const confirmation = z.object({
  step: z.string(),
  title: z.string(),
  message: z.string(),
  changes: z.int().describe('how many changes it was about'),
  batches: z.array(z.string()).optional().describe('the batches in which steps were to make them'),
  wanted: z.string().optional().describe('the text that had to be typed'),
  approvals: z
    .object({
      needed: z.int().describe('how many people had to agree'),
      notCaller: z.boolean().describe('the caller was none of them'),
      given: z.array(
        z.object({
          at: time,
          by: z.string(),
          digest: z.string().optional().describe('names exactly the changes'),
          signature: z
            .object({signer: z.string(), key: z.string(), body: z.string(), signature: z.string()})
            .optional()
            .describe('as ssh-keygen made it; handrail verify checks it'),
        }),
      ),
    })
    .optional()
    .describe('where one yes was not enough'),
  askedAt: time,
  answer: z
    .object({
      at: time,
      accepted: z.boolean(),
      by: z.string().describe('who answered, and with which option'),
      typed: z.string().optional(),
      missing: z.string().optional().describe('why nobody could answer'),
    })
    .nullable(),
});

const change = z.object({
  at: time,
  step: z.string(),
  title: z.string(),
  region: z.string().optional(),
  target: z.string().describe('what was changed; empty when the step has a single target'),
  operation: z.string(),
  effect: z
    .enum(['reached', 'refused', 'open'])
    .optional()
    .describe('what became of a request that AWS carries out later; absent where the answer was the change'),
  members: z
    .array(z.object({name: z.string(), before: z.json().optional(), after: z.json().optional()}))
    .optional()
    .describe('the members that it changed; absent when there is no picture of before'),
  before: z.json().optional().describe('the whole picture before the change'),
  after: z.json().optional().describe('the whole picture read back after it'),
});

const failure = z.object({
  at: time,
  lastAt: time,
  step: z.string(),
  title: z.string(),
  region: z.string().optional(),
  target: z.string(),
  operation: z.string().optional(),
  fault,
  tries: z.int().describe('tries that failed'),
  outcome: z.enum(['succeeded-later', 'went-back', 'failed', 'open']),
  wentBack: z.object({to: z.string(), visit: z.int(), maxVisits: z.int()}).optional(),
  usage: z.array(usage).optional(),
});

const resultSection = z
  .object({title: z.string(), lines: z.array(z.string())})
  .describe('a part of what the run has come to, in the runbook’s words');

const plannedChange = z.object({
  step: z.string(),
  title: z.string(),
  region: z.string().optional(),
  operation: z.string(),
  target: z.string().describe('what would be changed; empty when the step has a single target'),
  detail: z.string().optional().describe('the difference that it would make'),
  request: z
    .record(z.string(), z.json())
    .optional()
    .describe('the members of the request; absent where they are known only when the step starts'),
});

const unknown = z.object({region: z.string(), fault: fault.optional(), waived: waiver.nullable()});

const unsettled = z.object({
  at: time,
  step: z.string(),
  region: z.string().optional(),
  target: z.string(),
  operation: z.string(),
});

/** The report's format. Its JSON Schema is docs/report.schema.json. */
export const reportSchema = z.object({
  format: z.literal('handrail-report'),
  version: z.literal(reportVersion),
  run,
  caller,
  regionSource: z.enum(['named', 'discovered', 'shipped']).describe('where the list of Regions came from'),
  notes: z.array(z.string()),
  disabled: z
    .array(z.string())
    .optional()
    .describe('Regions that the account has disabled: not checked, and they keep their resources'),
  steps: z.array(step),
  result: z.array(resultSection).optional().describe('what the run has come to'),
  planned: z.array(plannedChange).optional().describe('the changes that a plan ended with'),
  regions: z.array(region),
  confirmations: z.array(confirmation),
  changes: z.array(change),
  outcomes: z
    .array(z.string())
    .optional()
    .describe('what became of changes that AWS carries out later, in words'),
  failures: z.array(failure),
  notLookedAt: z.array(unknown).describe('Regions that are unknown, and who waived them'),
  unsettled: z.array(unsettled).describe('changes that were sent and whose answer is not known'),
  calls: z.object({made: z.int(), failed: z.int()}),
  journal: z.object({
    file: z.string(),
    records: z.int(),
    head: z.string().describe('hash of the last record: it stands for every record before it'),
    tornBytes: z.int().describe('bytes of a last line that a crash tore; they were left out'),
  }),
});

/** A run as evidence: the sum of its events. */
export type Report = z.infer<typeof reportSchema>;
export type ReportedRegion = Report['regions'][number];
export type ReportedChange = Report['changes'][number];
export type ReportedFailure = Report['failures'][number];
