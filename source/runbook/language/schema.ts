import {z} from 'zod';
import {actionKinds} from './actions/actions.ts';
import {input} from './inputs.ts';
import {result} from './result.ts';
import {step, stepFrom, stepInPlace, type Step} from './step.ts';
import {expression, identifier, line, members, name, text} from './vocabulary.ts';

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
    as: identifier
      .max(20)
      .optional()
      .describe(
        'Goes before the ids of its steps: with `as: again`, `builds` is `againBuilds` in the runbook. In the file itself the ids stay. Needed where a file is included twice.',
      ),
    with: members
      .optional()
      .describe(
        'Values of its parameters: each a value, or one expression that reaches what the runbook reaches here.',
      ),
    sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/, 'write the 64 hex digits that sha256sum prints for the file')
      .optional()
      .describe('SHA-256 of the file, in hex. A file that is not this one is refused.'),
  })
  .describe('Stands for the steps of another file.');

/** The parameters that a file of shared steps declares. */
export const parametersSchema = z
  .record(
    identifier,
    z.strictObject({
      description: line.optional().describe('What it is, for authors who include the file.'),
      default: z
        .json()
        .optional()
        .describe('The value where an `include` gives none. Left out: each has to give one.'),
    }),
  )
  .describe(
    'Values that an `include` of the file gives, with `with`. Its expressions reach `parameters.<name>`.',
  );

/** What a file of shared steps may be given, by name. */
export type Parameters = z.output<typeof parametersSchema>;

/** Has a name, so that the published JSON Schema holds it once. There it has exactly one action, too. */
const writtenStep = step.meta({id: 'step', oneOf: actionKinds.map((kind) => ({required: [kind]}))});

const groupHead = {
  group: line.max(40).describe('Its name on the screen and in the report. Each group has another.'),
  when: expression
    .optional()
    .describe(
      'The condition of every step in it, beside its own: where this gives false, all of them are skipped. It reaches the steps before the group.',
    ),
};

/** An entry of `steps` that puts several steps under one name. */
const groupSchema = z
  .strictObject({
    ...groupHead,
    steps: z
      .array(z.union([writtenStep, includeSchema]))
      .min(1)
      .max(100)
      .describe('The steps, in order: each entry is a step, or an `include`. A group holds no other group.'),
  })
  .describe(
    'Several steps under one name, such as `group: Stop builds`. They keep their own ids: `steps.<id>.output` is the same in a group and outside.',
  );

/** A group before its steps are looked at. */
export const groupOfAny = z.strictObject({...groupHead, steps: z.array(z.unknown()).min(1)});

const language = z.literal(1).describe('Version of the runbook language.');
const head = {
  handrail: language,
  name: name.describe('Lower-case words joined by hyphens, as the file is called.'),
  title: line.describe('Its name on the screen and in the report.'),
  description: text.optional().describe('Purpose of the runbook, for operators who choose among several.'),
  reference: z.url().optional().describe('The page that the procedure comes from.'),
  regionsOf: name
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
    .describe('Values that the operator may set, with `--input name=value`.'),
  result: result.optional(),
};

/** A runbook, the steps of its groups and includes in their places. */
export const runbookSchema = z.strictObject({...head, steps: z.array(stepInPlace).min(1).max(100)});

/** Content of a runbook file. It is published as JSON Schema for editors. */
export const runbookFileSchema = z.strictObject({
  ...head,
  steps: z
    .array(z.union([writtenStep, includeSchema, groupSchema]))
    .min(1)
    .max(100)
    .describe('The steps, in order: each entry is a step, an `include` or a `group`.'),
});

/** Content of a file of shared steps. Such a file includes nothing and has no groups. */
export const stepListSchema = z.strictObject({
  handrail: language,
  parameters: parametersSchema.optional(),
  steps: z
    .array(writtenStep)
    .min(1)
    .max(100)
    .describe('The steps, in order. None is an `include` or a `group`.'),
});

/** A runbook as its file has it, included steps in their places. */
export type WrittenRunbook = z.output<typeof runbookSchema>;

/** A runbook, ready to be checked and run. */
export type Runbook = Omit<WrittenRunbook, 'steps'> & {readonly steps: readonly Step[]};

/** The runbook that was written: each step with its action. That it has exactly one was seen to before. */
export function runbookFrom(written: WrittenRunbook): Runbook {
  return {...written, steps: written.steps.map(stepFrom)};
}
