import {z} from 'zod';
import {durationOf, noDuration} from '../expression/durations.ts';
import {longestPauseMs} from './actions/pause.ts';
import {expression, literalOr} from './vocabulary.ts';

const pause = literalOr(expression, (text) => {
  const ms = durationOf(text);
  if (ms === undefined) return noDuration(text);
  return ms > longestPauseMs ? 'a pause lasts 366 days at most' : undefined;
});

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
    pause: pause
      .optional()
      .describe(
        'Time between the end of a batch and the next one, such as `30s`, `10m` or `2h`, or an expression that gives that. A run that is resumed keeps to it.',
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
