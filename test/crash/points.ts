import type {Aftermath, KillPoint} from './point.ts';
import {seeded} from './random.ts';
import type {Uncrashed} from './uncrashed.ts';

export interface PlannedPoint {
  readonly name: string;
  readonly point: KillPoint;
  readonly aftermath: Aftermath;
}

/** Longer than a run may be left alone without looking at the world again, in simulated ms. */
const longMs = 60_000;

/** Every journal boundary and every request and answer of a run, with what follows each kill chosen by a seed. */
export function everyPoint({requests, batches}: Uncrashed, seed: number): readonly PlannedPoint[] {
  const random = seeded(seed);
  const aftermath = (): Aftermath => ({
    laterMs: random() < 0.3 ? longMs : 0,
    ...(random() < 0.25
      ? {second: {moment: random() < 0.5 ? 'before' : 'written', nth: 1 + Math.floor(random() * 12)}}
      : {}),
  });
  const atJournal = upTo(batches).flatMap((nth) =>
    (['before', 'torn', 'written'] as const).map((moment): PlannedPoint => {
      const point: KillPoint = {at: 'journal', kill: {moment, nth}};
      return {name: `journal write ${nth}, ${moment}`, point, aftermath: aftermath()};
    }),
  );
  const atRequests = upTo(requests).flatMap((nth) =>
    (['arrived', 'performed', 'answered'] as const).map((moment): PlannedPoint => {
      const point: KillPoint = {at: 'request', moment, nth};
      return {name: `request ${nth}, ${moment}`, point, aftermath: aftermath()};
    }),
  );
  return [...atJournal, ...atRequests];
}

function upTo(count: number): readonly number[] {
  return Array.from({length: count}, (_, index) => index + 1);
}

/** So many of them, spread over the run. */
export function sampleOf(points: readonly PlannedPoint[], count: number): readonly PlannedPoint[] {
  return Array.from(
    {length: count},
    (_, index) => points[Math.floor(((index + 0.5) * points.length) / count)],
  ).filter((point) => point !== undefined);
}
