import type {Gates} from '../../source/engine/model/happenings/gate.ts';
import type {FactorClock} from './factor-clock.ts';

/** A moment of a child's own journal at which it kills itself. */
export interface JournalKill {
  /** Before the nth batch is written, with half of it written, or once it is on disk and before anyone is told. */
  readonly moment: 'before' | 'torn' | 'written';
  /** Batches count from 1. */
  readonly nth: number;
}

/** When the changes of a run may start. */
export interface Rules {
  /** Of a run that begins. */
  readonly gates?: Gates;
  /** Reason for not waiting, of one that goes on. */
  readonly override?: string;
}

/** What a child process is to do: begin a run, or go on with the one whose journal is in `file`. */
export interface ChildOrder extends Rules {
  readonly endpoint: string;
  readonly stateHome: string;
  readonly file?: string;
  readonly clock: FactorClock;
  readonly kill?: JournalKill;
}
