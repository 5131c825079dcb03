import {byId} from '../../data/by-id.ts';
import {defined} from '../../data/defined.ts';
import type {Item, Place} from '../model/events.ts';
import {withItem} from './item-updates.ts';
import type {Cell, ItemProgress, Lane, RunState, StepProgress} from '../model/state.ts';

/** A lane before its first step. */
export const emptyLane: Lane = {
  next: 0,
  results: {},
  cells: {},
  usage: [],
  calls: 0,
  failedCalls: 0,
  throttledCalls: 0,
};

/** An item that nothing was done to yet. */
export function freshItem({key, value}: Item): ItemProgress {
  return {key, value, status: 'todo', phase: 'call', attempt: 0, page: 1, polls: 0};
}

/** The value without some members. */
export function without<T extends object, K extends keyof T>(value: T, ...keys: K[]): Omit<T, K> {
  if (!keys.some((key) => Object.hasOwn(value, key))) return value;
  // Deleting from a copy would be shorter, and three times as slow: it makes a dictionary of the object.
  const copy: Partial<T> = {};
  for (const key of Object.keys(value) as K[]) if (!keys.includes(key)) copy[key] = value[key];
  return copy as Omit<T, K>;
}

/** Anything that names a lane: a Region's, or the account's when there is no Region. */
type LanePlace = Pick<Place, 'region'>;

/** The lane of a place; undefined for a Region that is none of the run's. */
export function laneAt(state: RunState, place: LanePlace): Lane | undefined {
  if (place.region === undefined) return state.account;
  return state.lanes.get(place.region);
}

function withLane(state: RunState, lane: Lane): RunState {
  if (lane.region === undefined) return {...state, account: lane};
  return {...state, lanes: state.lanes.with(lane.region, lane)};
}

/** The state with one lane changed; the same state when there is no such lane, or it stays as it is. */
export function inLane(state: RunState, place: LanePlace, change: (lane: Lane) => Lane): RunState {
  const lane = laneAt(state, place);
  if (lane === undefined) return state;
  const changed = change(lane);
  return changed === lane ? state : withLane(state, changed);
}

/** The state with one item of a lane's present step changed. */
export function inItem(
  state: RunState,
  place: Place,
  key: string,
  change: (item: ItemProgress) => ItemProgress,
): RunState {
  return inLane(state, place, (lane) => laneWithItem(lane, place.step, key, change));
}

/** The lane with one item of a step changed; the same lane when it is not in that step. */
export function laneWithItem(
  lane: Lane,
  step: string,
  key: string,
  change: (item: ItemProgress) => ItemProgress,
): Lane {
  const changed = (work: StepProgress): StepProgress =>
    work.step === step ? {...work, items: withItem(work.items, key, change)} : work;
  if (lane.current?.step === step) return {...lane, current: changed(lane.current)};
  return lane.beside?.some((work) => work.step === step) === true
    ? {...lane, beside: lane.beside.map(changed)}
    : lane;
}

/** Heading of the grid column that a step writes to. */
export function columnOf(state: RunState, step: string): string | undefined {
  return byId(state.steps, step)?.column;
}

/** Result of a column's latest check. The result of another step leaves it unchanged. */
export function lookOf(cell: Cell | undefined): Pick<Cell, 'inUse' | 'lookedAt'> {
  return defined({inUse: cell?.inUse, lookedAt: cell?.lookedAt});
}
