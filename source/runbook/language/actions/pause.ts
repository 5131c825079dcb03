import {z} from 'zod';
import {durationOf, noDuration} from '../../expression/durations.ts';
import {noTime, timeOf} from '../../expression/times.ts';
import {expression, literalOr} from '../vocabulary.ts';
import type {ActionSyntax} from './syntax.ts';

/** The longest pause, in ms: what is later is a slip, such as a time in seconds that was meant in ms. */
export const longestPauseMs = 366 * 86_400_000;

const duration = literalOr(expression, (text) => {
  const ms = durationOf(text);
  if (ms === undefined) return noDuration(text);
  if (ms === 0) return 'a pause of no time is none: leave the step out';
  return ms > longestPauseMs ? 'a pause lasts 366 days at most' : undefined;
});
const moment = literalOr(expression, (text) => (timeOf(text) === undefined ? noTime(text) : undefined));

const pause = z
  .strictObject({
    for: duration
      .optional()
      .describe('How long, such as `90s`, `10m`, `36h`, `14d` or `1d12h`, or an expression that gives that.'),
    until: moment
      .optional()
      .describe(
        'The time at which it goes on, such as `2026-12-01T09:00:00Z`, or an expression that gives one. One that has passed is not waited for.',
      ),
  })
  .refine((given) => (given.for === undefined) !== (given.until === undefined), {
    message: 'a pause has `for`, how long it lasts, or `until`, when it ends: one of them',
  });

/** The members of a step that write it. */
export const pauseMembers = {
  pause: pause
    .optional()
    .describe(
      'Goes on after a while, or at a time: `for` or `until`. The end is in the journal, so a resume keeps it.',
    ),
};

type Written = z.output<z.ZodObject<typeof pauseMembers>>;

/** Waits for a time. */
export type Pause = {readonly kind: 'pause'} & ({readonly for: string} | {readonly until: string});

export const pauseSyntax: ActionSyntax<Written, Pause> = {
  takes: [],
  withoutColumn: 'a column shows what a step found, and a pause looks at nothing',
  without: {
    undo: 'this step changes nothing',
    forEach: 'a pause is made once',
    timeoutSeconds: 'a pause ends by itself',
  },
  from({pause: given}) {
    if (given?.until !== undefined) return {kind: 'pause', until: given.until};
    return given?.for === undefined ? undefined : {kind: 'pause', for: given.for};
  },
};
