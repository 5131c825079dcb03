import type {Happening} from '../model/events.ts';
import type {Fault} from '../model/fault.ts';
import type {Lane, RunState} from '../model/state.ts';
import {isThrough} from '../queries/progress.ts';
import {stoppedLooking, unknownRegions} from '../queries/region-truth.ts';

/** Nothing is left to do: either all is done, or something stands in the way. */
export function ending(state: RunState): Happening {
  if (isThrough(state)) return {type: 'run-ended', status: 'done', message: 'every step is done'};
  if (state.account.fault !== undefined) return ended('failed', state.account.fault);
  const unknown = unknownRegions(state);
  const changes = [...state.lanes].filter((lane) => lane.fault !== undefined && !stoppedLooking(state, lane));
  const first = changes[0];
  if (first?.fault !== undefined) {
    const message = `${first.region}: ${first.fault.message}`;
    return {type: 'run-ended', status: 'failed', message};
  }
  return {
    type: 'run-ended',
    status: 'blocked',
    message: `${inTheWay(unknown)}: nothing account-wide was done`,
  };
}

/** What stands in the way of the account-wide steps: a change that Handrail refused to make, or blind spots. */
function inTheWay(unknown: readonly Lane[]): string {
  const refused = unknown.filter(({fault}) => fault?.kind === 'unsafe');
  const blind = unknown.filter(({fault}) => fault?.kind !== 'unsafe').map(({region}) => region);
  return [
    ...refused.map(({region, fault}) => `${region}: ${fault?.message ?? ''}`),
    ...(blind.length === 0 ? [] : [`could not look at ${blind.join(', ')}`]),
  ].join('; ');
}

function ended(status: 'failed', fault: Fault): Happening {
  return {type: 'run-ended', status, message: fault.message};
}
