import type {Event} from '../engine/model/events.ts';
import type {OperatorPort} from '../engine/model/ports.ts';
import type {Command} from '../engine/decide/operator-commands.ts';
import type {Closing} from '../wording/run-summary.ts';
import type {RunState} from '../engine/model/state.ts';

/** How an operator stops a run other than by a signal: the key q, the word stop, or to hand it over. */
export type StopWish = 'q' | 'stop' | 'hand-over';

/** One way of showing a run: the full screen, plain lines or JSON lines. A view never changes the run. */
export interface View extends OperatorPort {
  /** Something that is done before the run starts, such as finding out who is calling. */
  opening(message: string): void;
  /** Something outside of AWS that holds everything up, such as a process that gives credentials; undefined when it is over. */
  waiting?(what: string | undefined): void;
  /** Nobody has answered for the run since this time (ms since the epoch), where it lives elsewhere; undefined again once somebody does. */
  unanswered?(since: number | undefined): void;
  /** Another terminal asks for the run, by these words; undefined when it does not any more. */
  askedFor?(by: string | undefined): void;
  /** The events that were just journaled, and the state that they lead to. */
  publish(state: RunState, events: readonly Event[]): void;
  /** Present where the operator can steer the run: `handler` is given each command. */
  steering?(handler: (command: Command) => void): void;
  /** Restores the terminal and leaves a summary. */
  close(closing: Closing): Promise<void>;
}
