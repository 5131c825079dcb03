import {changeable} from './batch.ts';
import type {Item, Place} from './events.ts';
import {withItem} from './item-list.ts';
import type {ItemProgress, Lane, RunState} from './state.ts';

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

/** A copy without some members. */
export function without<T extends object, K extends keyof T>(value: T, ...keys: K[]): Omit<T, K> {
  const copy = {...value};
  for (const key of keys) delete copy[key];
  return copy;
}

/** The place of a lane as a whole, for {@link inLane}. */
export function laneName({region}: {readonly region?: string}): Place {
  return region === undefined ? {step: ''} : {step: '', region};
}

/** The lane of a place; undefined for a Region that is none of the run's. */
export function laneAt(state: RunState, place: Place): Lane | undefined {
  if (place.region === undefined) return state.account;
  // A name such as `constructor` is found on every object, but it is no Region.
  return Object.hasOwn(state.lanes, place.region) ? state.lanes[place.region] : undefined;
}

function withLane(state: RunState, lane: Lane): RunState {
  if (lane.region === undefined) return {...state, account: lane};
  const lanes: Record<string, Lane> = changeable(state.lanes, (all) => ({...all}));
  lanes[lane.region] = lane;
  return {...state, lanes};
}

/** The state with one lane changed; the same state when there is no such lane. */
export function inLane(state: RunState, place: Place, change: (lane: Lane) => Lane): RunState {
  const lane = laneAt(state, place);
  return lane === undefined ? state : withLane(state, change(lane));
}

/** The state with one item of a lane's present step changed. */
export function inItem(
  state: RunState,
  place: Place,
  key: string,
  change: (item: ItemProgress) => ItemProgress,
): RunState {
  return inLane(state, place, (lane) => {
    if (lane.current?.step !== place.step) return lane;
    const items = withItem(lane.current.items, key, change);
    return {...lane, current: {...lane.current, items}};
  });
}

/** Heading of the grid column that a step writes to. */
export function columnOf(state: RunState, step: string): string | undefined {
  return state.steps.find(({id}) => id === step)?.column;
}
