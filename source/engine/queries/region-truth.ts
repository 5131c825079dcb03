import {byId} from '../../data/by-id.ts';
import {matchesPattern} from '../../data/pattern.ts';
import {stoppedRegions} from './stopped-lanes.ts';
import type {StepOutline} from '../model/events.ts';
import type {Lane, RunState, Truth} from '../model/state.ts';

/** The columns that Region steps look into, in the order of the runbook. */
export function columnsOf(state: RunState): readonly string[] {
  const columns = state.steps.filter((step) => step.scope === 'region').map((step) => step.column);
  return [...new Set(columns.filter((column) => column !== undefined))];
}

/**
 * Returns the knowledge about a Region. It is clear only if every column was checked and each latest check found
 * nothing. A known use stays known until a check ends it. Otherwise a fault that stopped the lane makes it unknown,
 * and so does a look that was caught.
 */
export function truthOf(state: RunState, lane: Lane): Truth {
  if (lane.waived?.unlooked === true) return 'unknown';
  if (lane.fault !== undefined) return isKnownInUse(state, lane) ? 'in-use' : 'unknown';
  const cells = columnsOf(state).map((column) => lane.cells[column]);
  if (cells.some((cell) => (cell?.inUse ?? 0) > 0) || lane.usage.length > 0) return 'in-use';
  if (lane.unlooked !== undefined) return 'unknown';
  return cells.length > 0 && cells.every((cell) => cell?.inUse === 0) ? 'clear' : 'unlooked';
}

/**
 * Returns true if a stopped Region is known to be in use. Either AWS named it, or a check found a use that is
 * unchanged since. A refused change counts too, and a wait that ran out while the use went on.
 */
function isKnownInUse(state: RunState, lane: Lane): boolean {
  if (lane.usage.length > 0 || !stoppedLooking(state, lane)) return true;
  if (lane.fault?.name === 'WaiterTimedOut') return true;
  return Object.values(lane.cells).some(({inUse = 0, step}) => inUse > 0 && doesOf(state, step) !== 'change');
}

/** Returns true if a check stopped the lane: its answer never came. A refused change is different. */
export function stoppedLooking(state: RunState, {faultStep}: Lane): boolean {
  return faultStep === undefined || doesOf(state, faultStep) !== 'change';
}

function doesOf({steps}: RunState, step: string): StepOutline['does'] | undefined {
  return byId(steps, step)?.does;
}

/** The Regions that could not be looked at and were not waived, in the run's order. */
export function unknownRegions(state: RunState): readonly Lane[] {
  // A caught look stops its lane as soon as something follows that needs it.
  return stoppedRegions(state).filter((lane) => truthOf(state, lane) === 'unknown');
}

/** Returns true if resources may be changed in a lane: `--region` and a policy say where. */
export function mayChange(state: RunState, {region}: Lane): boolean {
  if (region === undefined) return true;
  const {changesIn} = state.started ?? {};
  return (changesIn === undefined || changesIn.includes(region)) && !isForbidden(state, region);
}

/** Returns true if the policy lets nothing be changed in a Region. */
export function isForbidden({policy}: RunState, region: string): boolean {
  return policy?.neverIn?.some((pattern) => matchesPattern(region, pattern)) ?? false;
}

/**
 * Returns true if the run checks its Regions for uses, which is in a column. An undo, for example, only changes known
 * resources, and a runbook may list what it changes.
 */
export function looksAnywhere({steps}: RunState): boolean {
  return steps.some(
    ({scope, does, column}) =>
      scope === 'region' && column !== undefined && (does === 'look' || does === 'wait'),
  );
}
