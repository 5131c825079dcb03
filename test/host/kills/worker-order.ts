import type {FactorClock} from '../../crash/factor-clock.ts';

/** What a worker that a test kills is told, as JSON on its command line. */
export interface WorkerOrder {
  readonly engine: string;
  readonly port: number;
  /** The simulator's. */
  readonly endpoint: string;
  readonly clock: FactorClock;
  readonly trouble?: Trouble;
}

/** A moment of a step that the engine keeps: before it, when its result is known here alone, and when it is kept. */
export type Moment = 'before' | 'decided' | 'kept';

export type Trouble =
  /** Kills this process, or another one by its id, at a moment of the nth step of a name: `turn`, `call`, `claim`. */
  | {
      readonly kind: 'kill';
      readonly step: string;
      readonly nth: number;
      readonly moment: Moment;
      /** Counts only calls of this operation. */
      readonly operation?: string;
      /** Default: this process. */
      readonly pid?: number;
    }
  /**
   * Two handlers take the engine's requests in turn, each with runs of its own in memory; and each handler is cut off once
   * behind each step, so that the other one plays it again from what the engine kept.
   */
  | {readonly kind: 'twins'};
