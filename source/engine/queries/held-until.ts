import type {RunState} from '../model/state.ts';
import {stepsToBegin} from './progress.ts';

/**
 * Returns until when a jump back holds up the account's next step (ms since the epoch); undefined when it does not.
 * One that names the step before which it waits lets everything else go on, and is over when something was found.
 */
export function heldUntil(state: RunState, now: number): number | undefined {
  const {detour, account, steps} = state;
  if (detour === undefined || now >= detour.resumeAt) return undefined;
  if (detour.before === undefined) return detour.resumeAt;
  const isThere = stepsToBegin(state, account).some((index) => steps[index]?.id === detour.before);
  return isThere && detour.found !== true ? detour.resumeAt : undefined;
}
