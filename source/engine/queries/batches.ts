import {remembering} from '../persistent/persistent-list.ts';
import type {BatchPlan, BatchProgress} from '../model/batch.ts';
import type {ItemProgress, StepProgress} from '../model/state.ts';

/** A step that is done in batches. */
export type InBatches = StepProgress & {readonly batch: BatchProgress};

/** Returns true if a step is done in batches. */
export function isInBatches(work: StepProgress): work is InBatches {
  return work.batch !== undefined;
}

/** Number of batches that a number of items makes. */
export function batchCount({size, canary = 0}: BatchPlan, items: number): number {
  const first = Math.min(canary, items);
  return (first > 0 ? 1 : 0) + Math.ceil((items - first) / size);
}

/** The items of the batch at hand that have not ended. */
export function openInBatch({items, batch}: InBatches): readonly ItemProgress[] {
  const {from, to} = rangeOf(batch, batch.at);
  const open: ItemProgress[] = [];
  for (let position = from; position < Math.min(to, items.length); position += 1) {
    const item = items.at(position);
    if (item !== undefined && !hasEnded(item)) open.push(item);
  }
  return open;
}

/** Index of the first batch that has items to do; undefined when none has. */
export function batchToDo({items, batch}: InBatches): number | undefined {
  const position = items.fold(firstOpen).first;
  if (position === undefined) return undefined;
  const {size, canary = 0} = batch;
  if (position < canary) return 0;
  return (canary > 0 ? 1 : 0) + Math.floor((position - canary) / size);
}

/** The reason that stops a step in batches; undefined as long as it may go on. */
export type BatchStop = {readonly canary: boolean; readonly failures: number};

/** Returns why no more of a step's changes are sent, if that is so: too many items failed, or a canary did. */
export function batchStop({items, batch}: InBatches): BatchStop | undefined {
  const failures = items.fold(failed);
  if (failures === 0) return undefined;
  const {canary = 0, stopAfterFailures} = batch;
  for (let position = 0; position < canary; position += 1) {
    if (items.at(position)?.status === 'failed') return {canary: true, failures};
  }
  return failures >= stopAfterFailures ? {canary: false, failures} : undefined;
}

/** Positions of a batch's items: from the first up to, and without, the last. */
function rangeOf({size, canary = 0}: BatchPlan, at: number): {readonly from: number; readonly to: number} {
  if (canary === 0) return {from: at * size, to: (at + 1) * size};
  return at === 0 ? {from: 0, to: canary} : {from: canary + (at - 1) * size, to: canary + at * size};
}

function hasEnded({status}: ItemProgress): boolean {
  return status === 'done' || status === 'failed';
}

/** Number of items, and the position of the first that has not ended. */
interface Open {
  readonly length: number;
  readonly first: number | undefined;
}

const firstOpen = remembering<ItemProgress, Open>(
  (item) => ({length: 1, first: hasEnded(item) ? undefined : 0}),
  (parts) => {
    let [length, first] = [0, undefined as number | undefined];
    for (const part of parts) {
      if (first === undefined && part.first !== undefined) first = length + part.first;
      length += part.length;
    }
    return {length, first};
  },
);

const failed = remembering<ItemProgress, number>(
  ({status}) => (status === 'failed' ? 1 : 0),
  (numbers) => numbers.reduce((sum, one) => sum + one, 0),
);
