import {worksOf} from '../../../engine/evolve/active-steps.ts';
import type {SharedList} from '../../../engine/persistent/persistent-list.ts';
import {oncePer} from '../../../engine/persistent/memoize.ts';
import type {ChangeMade, Lane, RunState, StepProgress} from '../../../engine/model/state.ts';
import {byId} from '../../../data/by-id.ts';
import {heldUntil} from '../../../engine/queries/held-until.ts';
import {nextStep} from '../../../engine/queries/progress.ts';
import {looksAnywhere, truthOf} from '../../../engine/queries/region-truth.ts';
import {isHeld, isRetrying} from '../../../wording/region-status.ts';

/** The needs by which the grid groups Regions, the most urgent first. */
export const needs = [
  'operator',
  'named',
  'working',
  'waiting',
  'waived',
  'changed',
  'unchecked',
  'clear',
] as const;

/**
 * A Region's need: the operator's help, the next check of what AWS named, its work, an event elsewhere, a waiver,
 * or nothing.
 */
export type Need = (typeof needs)[number];

/**
 * Returns a Region's need. It holds from one event to the next wherever possible: a clear Region that is only checked
 * again stays clear, and a Region between two steps stays at work.
 */
export function needOf(state: RunState, lane: Lane): Need {
  // AWS's own words outrank a waiver.
  if (lane.waived !== undefined) return lane.usage.length > 0 ? 'operator' : 'waived';
  if (lane.fault !== undefined) return 'operator';
  if (lane.usage.length > 0) return 'named';
  const works = worksOf(lane);
  if (works.some((work) => isRetrying(work) || doesOf(state, work) === 'change')) return 'working';
  const truth = truthOf(state, lane);
  if (truth === 'clear') return hasChanges(state, lane) ? 'changed' : 'clear';
  if (works.length > 0) return works.every((work) => doesOf(state, work) === 'wait') ? 'waiting' : 'working';
  if (goesOn(state, lane)) return 'working';
  if (truth === 'unknown') return 'operator';
  if (truth === 'in-use') return 'waiting';
  if (looksAnywhere(state) || !isThrough(state, lane)) return 'unchecked';
  return hasChanges(state, lane) ? 'changed' : 'clear';
}

function doesOf(state: RunState, {step}: StepProgress): string | undefined {
  return byId(state.steps, step)?.does;
}

/** Returns true if the Region has a step to begin that nothing holds up. */
function goesOn(state: RunState, lane: Lane): boolean {
  const {ended, interrupted, paused, gate} = state;
  if (ended !== undefined || interrupted !== undefined || paused !== undefined) return false;
  if (gate !== undefined && state.steps[lane.next]?.does === 'change') return false;
  if (heldUntil(state, state.now) !== undefined || isHeld(lane, state.now)) return false;
  return nextStep(state, lane) !== undefined;
}

function isThrough(state: RunState, {results}: Lane): boolean {
  return state.steps.every(({id, scope}) => scope === 'account' || results[id] !== undefined);
}

const changedRegions = oncePer(
  (changes: SharedList<ChangeMade>): ReadonlySet<string | undefined> =>
    new Set([...changes].map(({region}) => region)),
);

/** Returns true if this run has changed something in the Region. */
function hasChanges({changes}: RunState, {region}: Lane): boolean {
  return changedRegions(changes).has(region);
}
