import {z} from 'zod';
import {durationOf, noDuration} from '../expression/durations.ts';
import {literalOr} from './literal-or.ts';

const dayMs = 86_400_000;

/** A time to wait, as a runbook has it: seconds, a text such as `10m`, or an expression that gives either. */
export function durationUpTo(days: number) {
  return z.union([
    z
      .number()
      .min(0)
      .max((days * dayMs) / 1000),
    literalOr((text) => {
      const ms = durationOf(text);
      if (ms === undefined) return noDuration(text);
      return ms > days * dayMs ? `at most ${days} days can be waited for` : undefined;
    }),
  ]);
}
