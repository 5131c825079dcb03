import type {Event} from '../../engine/model/events.ts';
import type {RunState} from '../../engine/model/state.ts';
import type {Account} from '../../fleet/account.ts';
import type {FleetEvent} from '../../fleet/events.ts';
import type {FleetOperator} from '../../fleet/run.ts';
import type {FleetState} from '../../fleet/state.ts';

/** How a fleet was left. */
export interface FleetClosing {
  readonly state: FleetState;
  readonly journal?: string;
  /** Hash of the journal's last record. */
  readonly head?: string;
  /** Reason why the fleet could not begin or go on. */
  readonly error?: string;
  /** Next command for the operator, as typed. */
  readonly next?: string;
}

/** One way of showing a fleet. A view never changes it. */
export interface FleetView extends FleetOperator {
  /** Something that is done before the fleet starts. */
  opening(message: string): void;
  /** The events that were just journaled, and the state that they lead to. */
  publish(state: FleetState, events: readonly FleetEvent[]): void;
  /** What happens in one account's look or run. */
  child(account: Account, state: RunState, events: readonly Event[]): void;
  /** Leaves a summary. */
  close(closing: FleetClosing): Promise<void>;
}
