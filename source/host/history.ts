import type {Event} from '../engine/model/events.ts';
import {encodeRecord} from '../journal/record.ts';
import type {Engine} from './engine.ts';
import type {At, ListsText} from './messages.ts';

/** An engine, as far as runs are read back from it. */
export interface Histories extends Pick<Engine, 'history'> {
  /** Returns the lists that a run has under way. An engine that has none here keeps them otherwise. */
  lists?(run: string): Promise<ListsText>;
}

/** Returns the batches of a run up to a number. They never change once they are kept. */
export async function wholeHistory(
  engine: Histories,
  run: string,
  count: number,
): Promise<readonly (readonly Event[])[]> {
  const batches: (readonly Event[])[] = [];
  while (batches.length < count) {
    const more = await engine.history(run, batches.length);
    if (more.batches.length === 0) throw new Error(`the engine lacks batch ${batches.length} of run ${run}`);
    batches.push(...more.batches);
  }
  return batches.slice(0, count);
}

/** The number of a journal's last record and its hash, with a batch more. */
export function chained(
  run: string,
  before: Pick<At, 'records' | 'head'>,
  batch: readonly Event[],
): Pick<At, 'records' | 'head'> {
  let {records, head} = before;
  for (const [index, event] of batch.entries()) {
    records += 1;
    head = encodeRecord(run, records, head, event, index < batch.length - 1).hash;
  }
  return {records, head};
}
