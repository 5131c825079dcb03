import type {BatchPlan} from '../engine/model/batch.ts';
import type {StepOutline} from '../engine/model/events.ts';
import {oncePer} from '../engine/persistent/memoize.ts';
import type {Lane, RunState, StepProgress} from '../engine/model/state.ts';
import {batchCount, isInBatches} from '../engine/queries/batches.ts';
import {reachedBy, workIn} from '../engine/evolve/active-steps.ts';
import {clockSpan, timeLeft, timeOfDay} from '../text/time.ts';

/** Progress of a step over all lanes that run it. */
export interface StepView {
  readonly outline: StepOutline;
  /** `stopped`: at least one lane cannot go on. */
  readonly state: 'todo' | 'active' | 'done' | 'skipped' | 'stopped';
  /** Finished and total number: of changes where a step makes several, else of lanes. */
  readonly done: number;
  readonly total: number;
  readonly counts: 'changes' | 'lanes';
  /** From the first start to the last end (ms since the epoch), as far as these are known. */
  readonly startedAt?: number;
  readonly endedAt?: number;
}

export const stepViews = oncePer((state: RunState): readonly StepView[] => {
  const regions = [...state.lanes];
  return state.steps.map((outline, index) => {
    const lanes = outline.scope === 'account' ? [state.account] : regions;
    return {
      ...stepView(outline, index, lanes, state.question?.step === outline.id),
      ...progress(state, outline, index, lanes),
    };
  });
});

/** The changes that a step was agreed to make and has made, where it has any; else the lanes that are through. */
function progress(
  state: RunState,
  {id, does, scope}: StepOutline,
  index: number,
  lanes: readonly Lane[],
): Pick<StepView, 'done' | 'total' | 'counts'> {
  const planned = Object.values(state.confirmed)
    .flat()
    .filter(({step}) => step === id).length;
  if (does === 'change' && scope === 'region' && planned > 0) {
    const done = lanes.reduce((sum, lane) => sum + madeIn(lane, id), 0);
    return {done, total: Math.max(done, planned), counts: 'changes'};
  }
  return {done: lanes.filter((lane) => isPast(lane, id, index)).length, total: lanes.length, counts: 'lanes'};
}

/** Items of a step that are as it wants them in a lane. */
function madeIn(lane: Lane, step: string): number {
  const reached = lane.results[step]?.reached;
  if (reached !== undefined) return reached;
  const work = workIn(lane, step);
  return work === undefined ? 0 : reachedBy(work);
}

/** Returns true if a lane has finished a step. A parallel step may be ahead of those before it. */
function isPast(lane: Lane, step: string, index: number): boolean {
  const status = lane.results[step]?.status;
  return lane.next > index || (status !== undefined && status !== 'failed');
}

function stepView(
  outline: StepOutline,
  index: number,
  lanes: readonly Lane[],
  asked: boolean,
): Omit<StepView, 'done' | 'total' | 'counts'> {
  const results = lanes.flatMap((lane) => lane.results[outline.id] ?? []);
  const through = lanes.filter((lane) => isPast(lane, outline.id, index)).length;
  // A lane that was stopped earlier never gets here, and no lane waits for it.
  const halted = lanes.filter((lane) => lane.fault !== undefined && !isPast(lane, outline.id, index));
  const stopped = halted.filter((lane) => lane.waived === undefined && lane.faultStep === outline.id).length;
  const current = lanes.flatMap((lane) => workIn(lane, outline.id) ?? []);
  const starts = [...results, ...current].map((work) => work.startedAt);
  const ended = through + halted.length === lanes.length && results.length > 0;
  const allSkipped = results.length > 0 && results.every((result) => result.status === 'skipped');
  // A step that the Regions so far have passed by has not begun: it may be skipped in all of them.
  const worked = results.some(({status}) => status !== 'skipped');
  const begun = asked || current.length > 0 || (worked && !ended);
  return {
    outline,
    state: stopped > 0 ? 'stopped' : ended ? (allSkipped ? 'skipped' : 'done') : begun ? 'active' : 'todo',
    ...(starts.length > 0 ? {startedAt: Math.min(...starts)} : {}),
    ...(ended ? {endedAt: Math.max(...results.map((result) => result.endedAt))} : {}),
  };
}

/** The step to name when one has to be named: the one that is asked about, the first that is under way, or the next. */
export function presentStep(state: RunState, views: readonly StepView[]): number {
  const asked = views.findIndex((view) => view.outline.id === state.question?.step);
  if (asked >= 0) return asked;
  const active = views.findIndex((view) => view.state === 'active');
  if (active >= 0) return active;
  const todo = views.findIndex((view) => view.state === 'todo' || view.state === 'stopped');
  return todo >= 0 ? todo : views.length - 1;
}

/** Formats how a step's changes are made: `in batches: 1 first, then 10 at a time, 30 s apart; stops after 2 failures`. */
export function batchesText(
  {size, canary, pauseMs, stopAfterFailures}: BatchPlan,
  inRegions: boolean,
): string {
  const first = canary === undefined ? '' : `${canary} first, then `;
  const apart = pauseMs === 0 ? '' : `, ${spanOf(pauseMs)} apart`;
  const failures = stopAfterFailures === 1 ? 'the first failure' : `${stopAfterFailures} failures`;
  const where = inRegions ? ' in each Region' : '';
  return `in batches${where}: ${first}${size} at a time${apart}; stops after ${failures}`;
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
