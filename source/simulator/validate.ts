import type {z} from 'zod';
import {ServiceError} from './service-error.ts';

/**
 * Checks an input against an operation's own constraints.
 *
 * A member with the value `null` counts as absent, as AWS's JSON services treat it; members that the operation does
 * not know are dropped, as they do too.
 *
 * @param refusal The service's error code for a broken constraint, sent with status 400.
 */
export function validate<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
  refusal: string,
): z.infer<Schema> {
  const result = schema.safeParse(withoutNulls(input));
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const member = issue === undefined || issue.path.length === 0 ? 'input' : issue.path.join('.');
  throw new ServiceError(
    refusal,
    400,
    `1 validation error detected: Value at '${member}' failed to satisfy constraint: ${issue?.message ?? 'invalid'}`,
  );
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== null)
      .map(([name, member]) => [name, withoutNulls(member)]),
  );
}
