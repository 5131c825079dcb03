import type {ConcurrencyGate} from '../../aws/call/concurrency-gate.ts';
import type {Event} from '../../engine/model/events.ts';
import type {Identity} from '../../engine/model/identity.ts';
import type {RunState} from '../../engine/model/state.ts';
import type {Account} from '../../fleet/account.ts';
import type {FleetView} from '../../ui/fleet/fleet-view.ts';
import type {Surroundings} from '../drive-run.ts';
import type {FleetOrder} from './fleet-order.ts';

/** Parts of a fleet's runs that all of them share. */
export interface ChildSetup {
  readonly order: FleetOrder;
  readonly fleet: string;
  readonly base: Identity;
  readonly budget: ConcurrencyGate;
  readonly surroundings: Omit<Surroundings, 'view'>;
  /** Ends the fleet, which can be gone on with: the keys of this process have ended, and it can get no others. */
  readonly leave: () => void;
  /** Receives what happens in an account's run. */
  readonly published: (account: Account, state: RunState, events: readonly Event[]) => void;
  /** Receives how the run of an account is steered, where an operator can. */
  readonly steered?: FleetView['childSteering'];
  /** The caller, in few words: who stops an account's run. */
  readonly who: string;
  /** Why no account waits for a window, if none does. */
  readonly override: string | undefined;
}
