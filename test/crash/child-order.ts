import type {FactorClock} from './factor-clock.ts';

/** A moment of a child's own journal at which it kills itself. */
export interface JournalKill {
  /** Before the nth batch is written, with half of it written, or once it is on disk and before anyone is told. */
  readonly moment: 'before' | 'torn' | 'written';
  /** Batches count from 1. */
  readonly nth: number;
}

/** What a child process is to do: begin a run, or go on with the one whose journal is in `file`. */
export interface ChildOrder {
  readonly endpoint: string;
  readonly stateHome: string;
  readonly file?: string;
  readonly clock: FactorClock;
  readonly kill?: JournalKill;
}
