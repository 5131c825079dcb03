import type {Place} from './events.ts';
import type {Lane} from './state.ts';

/** A lane's position as events name it. */
export function placeOf(lane: Lane, step: string): Place {
  return lane.region === undefined ? {step} : {step, region: lane.region};
}
