import {z} from 'zod';
import {expression, line, text} from './vocabulary.ts';

/** A part of the result, as it is written. */
const section = z.strictObject({
  title: line.max(60).describe('Its heading.'),
  when: expression
    .optional()
    .describe('Leaves the section out where this gives false or nothing, or where it cannot be worked out.'),
  lines: z
    .union([text, z.array(text).min(1).max(50)])
    .describe(
      'Its lines: a text, or several. A text that is one expression may give a list, with a line for each entry. Empty lines are left out, and a section without lines too.',
    ),
});

/** What a run that has ended has found or done, in a runbook's words. */
export const result = z
  .strictObject({
    message: text
      .optional()
      .describe(
        'The last word of a run that is through, such as `the role is gone`; Handrail’s own when left out.',
      ),
    sections: z.array(section).max(20).default([]).describe('What it has found, below the last word.'),
  })
  .describe(
    'What the run has come to. It is on the last screen, in the lines that stay, in every report and in the journal. Expressions reach every step, as in a step of the account at the end; a path may reach nothing.',
  );
