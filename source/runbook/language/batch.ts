import {z} from 'zod';
import {durationUpTo} from './duration.ts';
import {expression} from './vocabulary.ts';

function count(least: number): z.ZodUnion<[z.ZodNumber, typeof expression]> {
  return z.union([z.number().int().min(least).max(100_000), expression]);
}

/** Batches of a step, as it is written. */
export const batch = z
  .strictObject({
    size: count(1).describe('Most items in a batch.'),
    canary: count(1)
      .optional()
      .describe(
        'This many items are tried first, in a batch by themselves. The step stops when one of them fails.',
      ),
    pause: durationUpTo(7)
      .optional()
      .describe(
        'Time between the end of a batch and the next one: seconds, or `30s`, `10m`, `2h`. A run that is resumed keeps to it.',
      ),
    stopAfterFailures: count(1)
      .default(1)
      .describe(
        'The step stops, before another change is sent, when this many items have failed. An error that a `catch` continues after is no failure.',
      ),
  })
  .describe(
    'Does the items of `forEach` in batches, in the order of the list, in each Region by itself. The next batch begins when all items of the one before have ended. `maxConcurrency` says how many of them at the same time.',
  );

/** Batches of a step. */
export type Batch = z.output<typeof batch>;
