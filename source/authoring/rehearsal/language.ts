import {z} from 'zod';
import {answersFor, scenarioAnswer} from '../tests/language.ts';
import {regionName} from '../../runbook/region-name.ts';

const region = z.string().regex(regionName, 'write the name of a Region, such as eu-west-1');

/** Content of a rehearsal's scenario. */
export const rehearsalSchema = z.strictObject({
  handrail: z.literal(1).describe('Version of the language.'),
  account: z
    .string()
    .regex(/^\d{12}$/, 'write the twelve digits of an account, in quotes')
    .default('123456789012')
    .describe('The account.'),
  regions: z
    .array(region)
    .min(1)
    .max(60)
    .default(['eu-west-1', 'us-east-1'])
    .describe('The Regions of the account, all of which have the service.'),
  answers: answersFor(scenarioAnswer).default({}),
});

export type Rehearsal = z.output<typeof rehearsalSchema>;
