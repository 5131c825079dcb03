import type {BatchPlan} from '../engine/model/batch.ts';
import type {StepProgress} from '../engine/model/state.ts';
import {batchCount, isInBatches} from '../engine/queries/batches.ts';
import {clockSpan, timeLeft, timeOfDay} from '../text/time.ts';

/** Formats how a step's changes are made: `in batches: 1 first, then 10 at a time, 30 s apart; stops after 2 failures`. */
export function batchesText({size, canary, pauseMs, stopAfterFailures}: BatchPlan): string {
  const first = canary === undefined ? '' : `${canary} first, then `;
  const apart = pauseMs === 0 ? '' : `, ${spanOf(pauseMs)} apart`;
  const failures = stopAfterFailures === 1 ? 'the first failure' : `${stopAfterFailures} failures`;
  return `in batches: ${first}${size} at a time${apart}; stops after ${failures}`;
}

/** Formats a pause: `30 s`, `1.5 s`, `10:00`. */
function spanOf(ms: number): string {
  return ms < 60_000 ? `${ms / 1000} s` : clockSpan(ms);
}

/** The batch at hand of a step in batches: `batch 2 of 5`. Undefined where there is one batch at most. */
export function batchName(work: StepProgress): string | undefined {
  if (!isInBatches(work)) return undefined;
  const of = batchCount(work.batch, work.items.length);
  return of < 2 ? undefined : `batch ${work.batch.at + 1} of ${of}`;
}

/** End of the pause that a step is in at `now`; both in ms since the epoch. Undefined when it is in none. */
export function pauseEnd({batch}: StepProgress, now: number): number | undefined {
  return batch?.resumeAt !== undefined && now < batch.resumeAt ? batch.resumeAt : undefined;
}

/** Formats the batches of a step in all lanes that are in it, at `now` (ms since the epoch). */
export function batchFacts(works: readonly StepProgress[], now: number): readonly string[] {
  const named = works.filter((work) => batchName(work) !== undefined);
  const ends = named.flatMap((work) => pauseEnd(work, now) ?? []);
  const [only] = named;
  if (only === undefined) return [];
  const at = ends.length === 0 ? undefined : timeOfDay(Math.min(...ends));
  if (works.length === 1) return [`${batchName(only)}${at === undefined ? '' : `, goes on at ${at}`}`];
  if (at === undefined) return [];
  const some = ends.length === 1 ? '1 Region pauses' : `${ends.length} Regions pause`;
  return [`${some} between batches, the next goes on at ${at}`];
}

/** Formats what comes next in a pause: `batch 2 of 5 goes on by itself in 12 s`. */
export function afterPauseText(work: StepProgress, now: number): string | undefined {
  const end = pauseEnd(work, now);
  return end === undefined ? undefined : `${batchName(work)} goes on by itself in ${timeLeft(end - now)}`;
}
