import {defined} from '../../data/defined.ts';
import {nothing, type Decision} from '../model/decision.ts';
import type {Happening} from '../model/events.ts';
import {placeOf} from '../model/place.ts';
import type {ItemProgress, StepProgress} from '../model/state.ts';
import {batchCount, batchStop, batchToDo, isInBatches, openInBatch} from '../queries/batches.ts';
import {openItems, upTo} from './open-items.ts';
import type {Turn} from './turn.ts';

/**
 * The items of a step that may be worked on. Of a step in batches these are the batch's at hand. Once it is stopped,
 * only calls under way and reads after a write go on.
 */
export function openNow(progress: StepProgress, most: number): readonly ItemProgress[] {
  if (!isInBatches(progress)) return openItems(progress.items, most);
  const open = openInBatch(progress);
  if (batchStop(progress) === undefined) return upTo(open, most);
  return open.filter(({status, phase}) => status === 'calling' || phase === 'verify');
}

/** Rests during the pause before the batch at hand; undefined when there is none. `now` is in ms since the epoch. */
export function heldByPause({batch, deadline}: StepProgress, now: number): Decision | undefined {
  const {resumeAt = 0} = batch ?? {};
  if (now >= resumeAt) return undefined;
  const wakeAt = Math.min(resumeAt, deadline ?? Infinity);
  return {...nothing, wakeAt, rest: {calls: false, until: wakeAt}};
}

/** The end of the batch at hand, where nothing of it is left to do and another may follow. */
export function nextBatch({lane, now}: Turn, progress: StepProgress): Happening | undefined {
  if (!isInBatches(progress) || batchStop(progress) !== undefined) return undefined;
  const {step, batch, items} = progress;
  const next = batchToDo(progress);
  if (next === undefined || openInBatch(progress).length > 0) return undefined;
  return {
    type: 'batch-ended',
    batch: batch.at + 1,
    next: next + 1,
    of: batchCount(batch, items.length),
    ...defined({resumeAt: batch.pauseMs === 0 ? undefined : now + batch.pauseMs}),
    ...placeOf(lane, step),
  };
}
