import type {Happening} from '../model/events.ts';
import type {Lane, RunState} from '../model/state.ts';
import {isThrough} from '../queries/progress.ts';
import {stoppedLooking, truthOf} from '../queries/region-truth.ts';
import {stoppedRegions} from '../queries/stopped-lanes.ts';

/** Nothing is left to do: either all is done, or something stands in the way. */
export function ending(state: RunState): Happening {
  if (isThrough(state)) return {type: 'run-ended', status: 'done', message: 'every step is done'};
  const {fault} = state.account;
  if (fault !== undefined) return {type: 'run-ended', status: 'failed', message: fault.message};
  const stopped = stoppedRegions(state);
  const refused = stopped.find((lane) => lane.fault?.kind !== 'unsafe' && !stoppedLooking(state, lane));
  if (refused?.fault !== undefined) {
    const message = `${refused.region}: ${refused.fault.message}`;
    return {type: 'run-ended', status: 'failed', message};
  }
  const message = `${inTheWay(state, stopped)}: nothing account-wide was done`;
  return {type: 'run-ended', status: 'blocked', message};
}

/** Returns the obstacles to account-wide steps: Regions in use, or blind spots. */
function inTheWay(state: RunState, stopped: readonly Lane[]): string {
  const inUse = stopped.filter((lane) => truthOf(state, lane) === 'in-use');
  const blind = stopped.filter((lane) => truthOf(state, lane) !== 'in-use').map(({region}) => region);
  return [
    ...inUse.map(useText),
    ...(blind.length === 0 ? [] : [`could not look at ${blind.join(', ')}`]),
  ].join('; ');
}

function useText({region, usage, fault}: Lane): string {
  const [named] = usage;
  const said = named === undefined ? '' : `AWS says that ${named.resource} uses it; `;
  return `${region} is in use: ${said}${fault?.message ?? ''}`;
}
