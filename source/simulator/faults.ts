import {z} from 'zod';

/** Faults that a rule can name. `fault-answers.ts` holds their wire forms. */
export const faultNames = [
  'throttle',
  'requestLimit',
  'serviceUnavailable',
  'internalError',
  'accessDenied',
  'deniedExplicitly',
  'deniedByScp',
  'deniedByMissingScp',
  'deniedByRcp',
  'deniedByBoundary',
  'deniedBySessionPolicy',
  'deniedByEndpointPolicy',
  'expiredToken',
  'missingToken',
  'badSignature',
  'clockSkew',
  'unrecognizedClient',
  'optInRequired',
  'proxyAuth',
  'redirect',
  'html200',
  'html403',
  'html502',
  'html503',
  'emptyBody',
  'emptyObject',
  'missingList',
  'nullList',
  'listIsText',
  'truncatedBody',
  'stalledBody',
  'invalidRequest',
  'resourceInUse',
  'resourceDependency',
  'unknownError',
  'reset',
  'lostAnswer',
  'hang',
] as const;

export type FaultName = (typeof faultNames)[number];

/**
 * One rule: which requests it watches, and which of those it spoils. Left out, `service`, `operation` and `region`
 * stand for any. The first n, every nth, a random share or always: exactly one of them. Of several faults, each
 * spoiled request meets the next one in turn.
 */
export const faultRule = z
  .strictObject({
    service: z.enum(['imagebuilder', 'iam', 'sts', 'account', 'ssm', 'events', 'organizations']).optional(),
    operation: z.string().min(1).optional(),
    region: z.string().min(1).optional(),
    first: z.int().positive().optional(),
    every: z.int().positive().optional(),
    always: z.literal(true).optional(),
    /** This part of the requests, 0 to 1, chosen by `seed`: the same seed spoils the same requests. */
    share: z.number().min(0).max(1).optional(),
    seed: z.int().nonnegative().default(1),
    fault: z.union([z.enum(faultNames), z.array(z.enum(faultNames)).min(1)]),
  })
  .refine(
    (rule) =>
      [rule.first, rule.every, rule.always, rule.share].filter((choice) => choice !== undefined).length === 1,
    'exactly one of first, every, share and always must be given',
  );

export type FaultRule = z.input<typeof faultRule>;

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
  const entries = rules.map((rule) => ({rule, seen: 0, spoiled: 0, random: randomFrom(rule.seed ?? 1)}));
  return (target) => {
    let picked: FaultName | undefined;
    for (const entry of entries) {
      if (!watches(entry.rule, target)) continue;
      entry.seen += 1;
      if (!applies(entry) || picked !== undefined) continue;
      picked = [entry.rule.fault].flat()[entry.spoiled % [entry.rule.fault].flat().length];
      entry.spoiled += 1;
    }
    return picked;
  };
}

function applies({rule, seen, random}: {rule: FaultRule; seen: number; random: () => number}): boolean {
  if (rule.always !== undefined) return true;
  if (rule.share !== undefined) return random() < rule.share;
  return rule.first === undefined ? seen % (rule.every ?? 1) === 0 : seen <= rule.first;
}

/** Numbers from 0 to below 1 that follow from the seed alone (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function watches(rule: FaultRule, target: FaultTarget): boolean {
  return (
    (rule.service ?? target.service) === target.service &&
    (rule.operation ?? target.operation) === target.operation &&
    (rule.region ?? target.region) === target.region
  );
}
