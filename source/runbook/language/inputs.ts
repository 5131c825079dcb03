import {z} from 'zod';
import {regionName} from '../region-name.ts';
import {line} from './vocabulary.ts';

const region = z.string().regex(regionName, 'write the name of a Region, such as eu-west-1');

const description = line.optional().describe('What it is, for operators who are asked for it.');
const fallback = 'Its value where the operator gives none; without one it has to be given.';

/** A declaration's type, with what its values are. */
function typed<T extends string>(type: T): z.ZodLiteral<T> {
  return z.literal(type).describe('What its values are.');
}

/** An input's declaration. */
export const input = z.discriminatedUnion('type', [
  z
    .strictObject({
      type: typed('string'),
      description,
      default: z.string().optional().describe(fallback),
      enum: z.array(z.string()).min(1).optional().describe('The only values it may have.'),
    })
    .describe('A text.'),
  z
    .strictObject({
      type: typed('number'),
      description,
      default: z.number().optional().describe(fallback),
      minimum: z.number().optional().describe('The least that it may be.'),
      maximum: z.number().optional().describe('The most that it may be.'),
    })
    .describe('A number.'),
  z
    .strictObject({
      type: typed('boolean'),
      description,
      default: z.boolean().optional().describe(fallback),
    })
    .describe('`true` or `false`.'),
  z
    .strictObject({
      type: typed('list'),
      description,
      default: z.array(z.string()).optional().describe(fallback),
    })
    .describe('Texts, given as `--input name=one,two`.'),
  z
    .strictObject({
      type: typed('regions'),
      description,
      default: z.array(region).optional().describe(fallback),
    })
    .describe('Names of Regions, given as `--input name=eu-west-1,us-east-1`.'),
  z
    .strictObject({type: typed('secret'), description})
    .describe(
      'A text that never reaches the journal or the screen. Given as `--input name=env:VARIABLE` or `name=file:PATH`, and used in the members of a request only.',
    ),
  z
    .strictObject({type: typed('journal'), description})
    .describe(
      'An earlier run, given by its id or its journal file: `{run, account, changes}`, where each change is `{region, step, target, operation, before, written}`.',
    ),
]);

export type Input = z.output<typeof input>;
