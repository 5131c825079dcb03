import {z} from 'zod';

/** The faults that a rule can name. What each one looks like on the wire is in `fault-answers.ts`. */
export const faultNames = [
  'throttle',
  'serviceUnavailable',
  'internalError',
  'accessDenied',
  'deniedByScp',
  'deniedByMissingScp',
  'deniedByBoundary',
  'deniedBySessionPolicy',
  'expiredToken',
  'unrecognizedClient',
  'clockSkew',
  'html200',
  'html403',
  'html503',
  'emptyBody',
  'emptyObject',
  'truncatedBody',
  'reset',
  'lostAnswer',
  'hang',
] as const;

export type FaultName = (typeof faultNames)[number];

/**
 * One rule: which requests it watches, and which of those it spoils. Left out, `service`, `operation` and `region`
 * stand for any. The first n, every nth or always: exactly one of them.
 */
export const faultRule = z
  .strictObject({
    service: z.enum(['imagebuilder', 'iam', 'sts', 'account', 'ssm']).optional(),
    operation: z.string().min(1).optional(),
    region: z.string().min(1).optional(),
    first: z.int().positive().optional(),
    every: z.int().positive().optional(),
    always: z.literal(true).optional(),
    fault: z.enum(faultNames),
  })
  .refine(
    (rule) => [rule.first, rule.every, rule.always].filter((choice) => choice !== undefined).length === 1,
    'exactly one of first, every and always must be given',
  );

export type FaultRule = z.infer<typeof faultRule>;

interface FaultTarget {
  readonly service: string;
  readonly operation: string;
  readonly region: string;
}

/**
 * Decides request by request whether a rule spoils it. Each rule counts the requests that it watches; where several
 * apply, the first in the list wins.
 */
export function faultPicker(rules: readonly FaultRule[]): (target: FaultTarget) => FaultName | undefined {
  const counted = rules.map((rule) => ({rule, seen: 0}));
  return (target) => {
    let picked: FaultName | undefined;
    for (const entry of counted) {
      const {rule} = entry;
      if (!watches(rule, target)) continue;
      entry.seen += 1;
      const applies =
        rule.always ??
        (rule.first === undefined ? entry.seen % (rule.every ?? 1) === 0 : entry.seen <= rule.first);
      if (applies) picked ??= rule.fault;
    }
    return picked;
  };
}

function watches(rule: FaultRule, target: FaultTarget): boolean {
  return (
    (rule.service ?? target.service) === target.service &&
    (rule.operation ?? target.operation) === target.operation &&
    (rule.region ?? target.region) === target.region
  );
}
