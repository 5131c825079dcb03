import {z} from 'zod';
import {regionName} from '../region-name.ts';
import {line} from './vocabulary.ts';

const region = z.string().regex(regionName, 'write the name of a Region, such as eu-west-1');

/** An input's declaration. */
export const input = z.discriminatedUnion('type', [
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
      default: z.array(region).optional(),
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

export type Input = z.output<typeof input>;
