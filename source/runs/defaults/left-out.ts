import {matchesPattern} from '../../data/pattern.ts';
import type {LeftOut} from '../order.ts';

/** Returns why a Region is left out; undefined when no rule is about it. */
export function reasonToLeaveOut(region: string, leftOut: LeftOut | undefined): string | undefined {
  return leftOut?.rules.find((rule) => matchesPattern(region, rule.region))?.reason;
}
