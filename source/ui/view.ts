import type {Event} from '../engine/model/events.ts';
import type {OperatorPort} from '../engine/model/ports.ts';
import type {Command} from '../engine/decide/operator-commands.ts';
import type {RunState} from '../engine/model/state.ts';

/** What is said when a run has ended or was left. */
export interface Closing {
  readonly state: RunState;
  /** Path of the journal; absent when the run never started. */
  readonly journal?: string;
  /** Hash of the journal's last record. */
  readonly head?: string;
  /** Why the run could not go on, when that is not in its state (a failed journal write, say). */
  readonly error?: string;
  /** What the operator can do next: a command, as it is typed. The views do not know which commands there are. */
  readonly next?: string;
}

/** One way of showing a run: the full screen, plain lines or JSON lines. A view never changes the run. */
export interface View extends OperatorPort {
  /** Something that is done before the run starts, such as finding out who is calling. */
  opening(message: string): void;
  /** The events that were just journaled, and the state that they lead to. */
  publish(state: RunState, events: readonly Event[]): void;
  /** Present where the operator can steer the run: `handler` is given each command. */
  steering?(handler: (command: Command) => void): void;
  /** Restores the terminal and leaves a summary. */
  close(closing: Closing): Promise<void>;
}
