import type {Program} from '../model/program.ts';
import type {Lane, RunState} from '../model/state.ts';

/** One lane's part of a decision. */
export interface Turn {
  readonly program: Program;
  readonly state: RunState;
  readonly lane: Lane;
  readonly now: number;
  readonly token: () => string;
  /** Calls that may still be started, and the number of the last one. Shared by the lanes of one decision. */
  readonly budget: {calls: number; last: number};
}
