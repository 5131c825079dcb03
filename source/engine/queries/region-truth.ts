import {stoppedRegions} from './stopped-lanes.ts';
import type {Lane, RunState, Truth} from '../model/state.ts';

/** The columns that Region steps look into, in the order of the runbook. */
export function columnsOf(state: RunState): readonly string[] {
  const columns = state.steps.filter((step) => step.scope === 'region').map((step) => step.column);
  return [...new Set(columns.filter((column) => column !== undefined))];
}

/**
 * What is known of a Region. A Region is clear only when every column was looked into and the latest look of each
 * found nothing; anything that stopped a look makes it unknown, whatever was seen before.
 */
export function truthOf(state: RunState, lane: Lane): Truth {
  const cells = columnsOf(state).map((column) => lane.cells[column]);
  if (lane.fault !== undefined && stoppedLooking(state, lane)) return 'unknown';
  if (cells.some((cell) => (cell?.inUse ?? 0) > 0) || lane.usage.length > 0) return 'in-use';
  if (lane.fault !== undefined) return 'in-use';
  return cells.length > 0 && cells.every((cell) => cell?.inUse === 0) ? 'clear' : 'unlooked';
}

/** Whether what stopped the lane was a look: an answer that never came, rather than a change that was refused. */
export function stoppedLooking(state: RunState, lane: Lane): boolean {
  const step = state.steps.find(({id}) => id === lane.faultStep);
  return lane.fault?.kind === 'unsafe' || step?.does !== 'change';
}

/** The Regions that could not be looked at and were not waived, in the run's order. */
export function unknownRegions(state: RunState): readonly Lane[] {
  // Only a fault makes a Region unknown: most lanes need no second look.
  return stoppedRegions(state).filter((lane) => truthOf(state, lane) === 'unknown');
}
