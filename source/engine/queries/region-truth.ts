import {byId} from '../../data/by-id.ts';
import {stoppedRegions} from './stopped-lanes.ts';
import type {StepOutline} from '../model/events.ts';
import type {Lane, RunState, Truth} from '../model/state.ts';

/** The columns that Region steps look into, in the order of the runbook. */
export function columnsOf(state: RunState): readonly string[] {
  const columns = state.steps.filter((step) => step.scope === 'region').map((step) => step.column);
  return [...new Set(columns.filter((column) => column !== undefined))];
}

/**
 * What is known of a Region. A Region is clear only when every column was looked into and the latest look of each
 * found nothing. A use that is known stays known until a look says that it is over; else anything that stopped a look
 * makes the Region unknown.
 */
export function truthOf(state: RunState, lane: Lane): Truth {
  if (lane.waived?.unlooked === true) return 'unknown';
  if (lane.fault !== undefined) return isKnownInUse(state, lane) ? 'in-use' : 'unknown';
  const cells = columnsOf(state).map((column) => lane.cells[column]);
  if (cells.some((cell) => (cell?.inUse ?? 0) > 0) || lane.usage.length > 0) return 'in-use';
  return cells.length > 0 && cells.every((cell) => cell?.inUse === 0) ? 'clear' : 'unlooked';
}

/**
 * Whether something is known to be in use in a Region that was stopped: AWS named it, a look found it and nothing was
 * done about it since, it was to be changed and was not, or a wait for its end saw it to the last.
 */
function isKnownInUse(state: RunState, lane: Lane): boolean {
  if (lane.usage.length > 0 || !stoppedLooking(state, lane)) return true;
  if (lane.fault?.name === 'WaiterTimedOut') return true;
  return Object.values(lane.cells).some(({inUse = 0, step}) => inUse > 0 && doesOf(state, step) !== 'change');
}

/** Whether what stopped the lane was a look: an answer that never came, rather than a change that was refused. */
export function stoppedLooking(state: RunState, {faultStep}: Lane): boolean {
  return faultStep === undefined || doesOf(state, faultStep) !== 'change';
}

function doesOf({steps}: RunState, step: string): StepOutline['does'] | undefined {
  return byId(steps, step)?.does;
}

/** The Regions that could not be looked at and were not waived, in the run's order. */
export function unknownRegions(state: RunState): readonly Lane[] {
  // Only a fault makes a Region unknown: most lanes need no second look.
  return stoppedRegions(state).filter((lane) => truthOf(state, lane) === 'unknown');
}

/** Whether something may be changed in a lane: by `--region` the operator names the Regions for it. */
export function mayChange({started}: RunState, {region}: Lane): boolean {
  return region === undefined || started?.changesIn === undefined || started.changesIn.includes(region);
}

/** Whether the run looks for what is in use in its Regions. An undo, say, only changes what it knows of. */
export function looksAnywhere({steps}: RunState): boolean {
  return steps.some(({scope, does}) => scope === 'region' && (does === 'look' || does === 'wait'));
}
