import {z} from 'zod';
import {partsOf} from '../expression/template.ts';

export const name = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'use lower-case words joined by hyphens')
  .max(64);
export const identifier = z
  .string()
  .regex(/^[a-z][a-zA-Z0-9]*$/, 'start with a lower-case letter; letters and digits only')
  .max(40)
  .refine(isFree, 'this name has a special meaning in JavaScript');
export const operation = z
  .string()
  .regex(/^[a-z][a-z0-9-]*:[A-Z][A-Za-z0-9]*$/, 'write service:Operation, such as iam:GetRole');
export const line = z.string().min(1).max(500);
export const text = z.string().min(1).max(4096);
export const expression = text
  .regex(/^\$\{\{[\s\S]*\}\}$/, 'write one expression, ${{ … }}')
  .refine(isOneExpression, 'write one expression: join its parts within one ${{ }}, with && or ||')
  .describe('One JMESPath expression in ${{ }}.');
export const members = z.record(z.string().max(200), z.json());
export const seconds = z
  .union([z.number().min(0).max(604_800), expression])
  .describe('A number of seconds, or an expression that gives one.');
export const errorNames = z
  .array(z.string().min(1).max(100))
  .min(1)
  .describe(
    'Names of errors, with or without `Exception`; `All` matches every one but for the mistakes that Handrail itself finds (`ExpressionError`, `GarbledAnswer`, `UnsafeRequest`, `ReadBackDiffers`), `AlreadyExists` matches each error of a service for a resource that exists already.',
  );

export const effect = z
  .enum(['read', 'change'])
  .describe(
    'Whether the operation only reads or changes something, where neither the SDK nor its name says it, such as `lambda:Invoke`. Such an operation counts as a change when it is left out. In an `update` it is about `read`.',
  );

export type Effect = z.output<typeof effect>;
export type Members = z.output<typeof members>;
export type Seconds = z.output<typeof seconds>;

/** A text that is an expression, or in which `whyNot` finds nothing wrong. */
export function literalOr(written: z.ZodType<string, string>, whyNot: (text: string) => string | undefined) {
  return z
    .string()
    .min(1)
    .max(4096)
    .superRefine((text, context) => {
      const problem = text.includes('${{') ? written.safeParse(text).error?.issues[0]?.message : whyNot(text);
      if (problem !== undefined) context.addIssue({code: 'custom', message: problem});
    });
}

/** Names that every object has already: states and answers are kept in objects, by these names. */
export function isFree(given: string): boolean {
  return !(given in Object.prototype);
}

/** Another message reports an expression that is not closed, with its place. */
function isOneExpression(given: string): boolean {
  try {
    return partsOf(given).length <= 1;
  } catch {
    return true;
  }
}
