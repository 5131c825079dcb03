import {distinct} from '../../data/distinct.ts';
import {resting, type Decision} from '../model/decision.ts';
import {restOfAll} from './idle-cache.ts';

/** Decides for lanes together. Most of the time they are idle. */
export function together(decisions: readonly Decision[]): Decision {
  if (decisions.every((one) => one === resting)) return resting;
  const wakeAt = decisions.reduce((first, one) => Math.min(first, one.wakeAt ?? Infinity), Infinity);
  const ask = decisions.find((one) => one.ask !== undefined)?.ask;
  const calendars = distinct(decisions.flatMap((one) => one.calendars ?? []));
  return {
    records: decisions.flatMap((one) => one.records),
    calls: decisions.flatMap((one) => one.calls),
    ...(ask === undefined ? {} : {ask}),
    ...(calendars === undefined ? {} : {calendars}),
    ...(wakeAt === Infinity ? {} : {wakeAt}),
    ...restOfAll(decisions),
  };
}
