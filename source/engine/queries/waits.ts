import {worksOf} from '../evolve/active-steps.ts';
import type {Lane, RunState} from '../model/state.ts';
import {oncePer} from '../persistent/memoize.ts';

/**
 * Returns the latest time that something waits for and that an operator may cut short (ms since the epoch): a jump back, a
 * retry, the next look of a wait. 0 when there is none. A pause of the runbook is none.
 */
export const waitsUntil = oncePer((state: RunState): number =>
  [state.account, ...state.lanes].reduce(
    (latest, lane) => Math.max(latest, waitOf(lane)),
    state.detour?.resumeAt ?? 0,
  ),
);

function waitOf(lane: Lane): number {
  const {fault, waived, resumeAt = 0} = lane;
  if (fault !== undefined || waived !== undefined) return 0;
  return worksOf(lane).reduce(
    (latest, {items}) =>
      [...items].reduce(
        (most, {status, dueAt = 0}) => (status === 'waiting' ? Math.max(most, dueAt) : most),
        latest,
      ),
    resumeAt,
  );
}
