import {z} from 'zod';
import {expression} from './vocabulary.ts';

/** A text that is one expression, or that stands for itself and in which `whyNot` finds nothing wrong. */
export function literalOr(whyNot: (text: string) => string | undefined) {
  return z
    .string()
    .min(1)
    .max(4096)
    .superRefine((text, context) => {
      const given = text.includes('${{')
        ? expression.safeParse(text).error?.issues[0]?.message
        : whyNot(text);
      if (given !== undefined) context.addIssue({code: 'custom', message: given});
    });
}
