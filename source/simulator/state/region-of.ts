import type {AccountState, RegionState} from './account-state.ts';

/** The state of a Region that is known to exist. */
export function regionOf(account: AccountState, name: string): RegionState {
  const region = account.regions.get(name);
  if (region === undefined) throw new Error(`The simulated account has no Region ${name}.`);
  return region;
}
