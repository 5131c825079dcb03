import type {Command} from '../../engine/decide/operator-commands.ts';
import type {Event} from '../../engine/model/events.ts';
import type {RunState} from '../../engine/model/state.ts';
import type {Account} from '../../fleet/account.ts';
import type {FleetEvent} from '../../fleet/events.ts';
import type {FleetOperator} from '../../fleet/run.ts';
import type {FleetState} from '../../fleet/state.ts';
import type {FleetCommand} from '../../fleet/steer.ts';

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

/** How an operator steers the run of one account. */
export interface AccountSteering {
  readonly command: (command: Command) => void;
  /** Leaves the run after its calls under way. The fleet goes on; once resumed it goes on with this account too. */
  readonly stop: () => void;
}

/** One way of showing a fleet. A view never changes it. */
export interface FleetView extends FleetOperator {
  /** Something that is done before the fleet starts. */
  opening(message: string): void;
  /** The events that were just journaled, and the state that they lead to. */
  publish(state: FleetState, events: readonly FleetEvent[]): void;
  /** What happens in one account's look or run. */
  child(account: Account, state: RunState, events: readonly Event[]): void;
  /** Present where the operator can steer the fleet: `handler` is given each command. */
  readonly steering?: (handler: (command: FleetCommand) => void) => void;
  /** Present where the operator can steer an account's run: it waits for that, rather than to fail. */
  readonly childSteering?: (account: Account, steering: AccountSteering) => void;
  /** Leaves a summary. */
  close(closing: FleetClosing): Promise<void>;
}
