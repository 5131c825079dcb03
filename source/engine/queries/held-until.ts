import type {RunState} from '../model/state.ts';
import {stepsToBegin} from './progress.ts';

/**
 * Returns until when a jump back holds up the run (ms since the epoch); undefined when it does not. A
 * jump that names the step to hold lets all other work continue.
 */
export function heldUntil(state: RunState, now: number): number | undefined {
  const {detour, account, steps} = state;
  if (detour === undefined || now >= detour.resumeAt) return undefined;
  if (detour.before === undefined) return detour.resumeAt;
  const isThere = stepsToBegin(state, account).some((index) => steps[index]?.id === detour.before);
  return isThere && detour.found !== true ? detour.resumeAt : undefined;
}
