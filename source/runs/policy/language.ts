import {z} from 'zod';
import {name} from '../../runbook/language/vocabulary.ts';
import {calendarNamed} from '../gates/given-window.ts';
import {calendarHint, ssmCalendar} from '../gates/ssm-calendar.ts';
import {NoWindow, windowFrom} from '../gates/window-text.ts';

const account = z.string().regex(/^\d{12}$/, 'an account id has 12 digits; write it in quotes');
const path = z.string().min(1).max(500);
const region = z
  .string()
  .regex(/^[a-z0-9*-]+$/, 'must be the name of a Region, or a pattern such as me-*')
  .max(64);
const operations = z
  .string()
  .regex(
    /^[a-z*][a-z0-9*-]*:[A-Za-z0-9*]+$/,
    'write service:Operation, such as iam:DeleteRole, or a pattern such as iam:Delete*',
  )
  .describe('An operation, or a pattern in which `*` stands for any characters.');
const sha256 = z
  .string()
  .regex(/^[0-9a-f]{64}$/, 'a SHA-256 has 64 hex digits; handrail show prints that of a runbook');
const ticket = z.string().min(1).max(200).refine(isPattern, 'this is no regular expression');

const window = z.string().superRefine((text, context) => {
  // A calendar is read beside the policy.
  if (calendarNamed(text, '.') !== undefined) return;
  try {
    windowFrom(text);
  } catch (error) {
    if (!(error instanceof NoWindow)) throw error;
    context.addIssue({code: 'custom', message: error.message});
  }
});

const never = z.strictObject({
  accounts: z.array(account).optional().describe('Accounts, by their ids.'),
  ous: z
    .array(path)
    .optional()
    .describe('Organizational units, such as `Workloads/Prod`: a fleet leaves their accounts alone.'),
  tags: z
    .record(z.string().min(1), z.string())
    .optional()
    .describe('Tags of accounts: a fleet leaves alone those that have one of them.'),
  regions: z.array(region).optional().describe('Regions in which nothing is changed; they are looked at.'),
  runbooks: z.array(name).optional().describe('Names of runbooks.'),
  operations: z.array(operations).optional().describe('Operations of AWS.'),
});

/** A policy file. */
export const policySchema = z.strictObject({
  policy: z.literal(1).describe('The version of this language.'),
  never: never.optional().describe('What Handrail is never to do.'),
  requireTicket: ticket
    .optional()
    .describe('A regular expression that the whole of `--ticket` has to match; `.+` takes any ticket.'),
  windows: z
    .array(window)
    .min(1)
    .optional()
    .describe(
      'Hours in which changes may start, written as those of `--window`, or calendars, `FILE.ics`, beside the policy. One that is open is enough.',
    ),
  calendars: z
    .array(z.string().refine((text) => ssmCalendar(text) !== undefined, calendarHint))
    .min(1)
    .optional()
    .describe('Change calendars of Systems Manager, as `ssm:NAME`: changes start only while each is OPEN.'),
  approvals: z
    .int()
    .min(1)
    .max(10)
    .optional()
    .describe('The number of people who have to agree to changes, as in a `confirm`.'),
  notCaller: z
    .boolean()
    .optional()
    .describe('Only people count who neither started the run nor resumed it, as in a `confirm`.'),
  allowedSigners: z
    .string()
    .min(1)
    .max(1000)
    .optional()
    .describe(
      'A file of allowed signers in the form of `ssh-keygen`, beside the policy: only approvals count that one of them signed.',
    ),
  maxAccounts: z.int().min(1).optional().describe('The most accounts that a fleet may begin with.'),
  runbooks: z
    .record(name, z.array(sha256).min(1))
    .optional()
    .describe('The only runbooks that may be run, each with the SHA-256 of every version that may.'),
});

/** The rules of a policy file. */
export type PolicyRules = z.output<typeof policySchema>;

/** The JSON Schema of a policy file, as editors read it. */
export function policyJsonSchema(): object {
  return {
    ...z.toJSONSchema(policySchema, {io: 'input'}),
    $id: 'urn:handrail:policy:1',
    title: 'Handrail policy',
  };
}

function isPattern(text: string): boolean {
  try {
    return new RegExp(text, 'v') instanceof RegExp;
  } catch {
    return false;
  }
}
