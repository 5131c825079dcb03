/** How the items of a step are done in batches, in their order. */
export interface BatchPlan {
  /** Most items in a batch. */
  readonly size: number;
  /** Number of items that are tried first, in a batch by themselves. */
  readonly canary?: number;
  /** Time between two batches, in ms. */
  readonly pauseMs: number;
  /** Number of failed items that stops the step. */
  readonly stopAfterFailures: number;
}

/** Progress of a step in batches. */
export interface BatchProgress extends BatchPlan {
  /** Index of the batch at hand, counted from 0. */
  readonly at: number;
  /** Time at which it may begin (ms since the epoch). */
  readonly resumeAt?: number;
}

/** The end of a batch that another follows. Both are counted from 1, in the order of their items. */
export interface BatchEnd {
  readonly batch: number;
  /** The batch after it; an earlier one where failed items are tried again. */
  readonly next: number;
  readonly of: number;
  /** Time at which the next batch may begin (ms since the epoch); absent without a pause. */
  readonly resumeAt?: number;
}
