import type {Event, Place} from './events.ts';
import {columnOf, inItem, inLane, laneAt, without} from './lanes.ts';
import type {ItemProgress, RunState} from './state.ts';

/** A call went out. */
export function callStarted(state: RunState, event: Extract<Event, {type: 'call-started'}>): RunState {
  const {call, step, item, phase, operation, effect, attempt, page, input, at} = event;
  const place = event.region === undefined ? {step} : {step, region: event.region};
  const counted = inLane(state, place, (lane) => ({...lane, calls: lane.calls + 1}));
  const started = inItem(counted, place, item, (progress) => ({
    ...without(progress, 'dueAt'),
    status: 'calling',
    phase,
    attempt,
    page,
    ...(effect === 'change' ? {request: input} : {}),
    ...(event.once === true ? {once: true} : {}),
  }));
  return {
    ...started,
    lastCall: Math.max(state.lastCall, call),
    calls: {
      ...state.calls,
      [call]: {call, ...place, item, phase, operation, effect, attempt, startedAt: at},
    },
  };
}

/** A call came back. */
export function callEnded(
  state: RunState,
  event: Extract<Event, {type: 'call-succeeded' | 'call-failed'}>,
): RunState {
  const call = state.calls[event.call];
  if (call === undefined) return state;
  const ended = {...state, calls: without(state.calls, event.call)};
  if (event.type === 'call-failed') {
    const counted = inLane(ended, call, (lane) => ({...lane, failedCalls: lane.failedCalls + 1}));
    return inItem(counted, call, call.item, (item) => failedItem(item, event));
  }
  const answered = inItem(ended, call, call.item, (item) => ({
    ...without(item, 'fault', 'maxAttempts', 'holds'),
    status: event.nextPollAt === undefined ? 'todo' : 'waiting',
    attempt: 0,
    page: event.more === true ? item.page + 1 : 1,
    polls: item.polls + (item.phase === 'poll' ? 1 : 0),
    ...(event.nextPollAt === undefined ? {} : {dueAt: event.nextPollAt}),
    ...(item.phase === 'read' && event.output !== undefined ? {before: event.output} : {}),
    ...(event.more === true ? {} : {phase: followingPhase(item.phase)}),
  }));
  return event.summary === undefined ? recordChange(answered, call, event) : pollSeen(answered, call, event);
}

/** An `update` reads, writes and verifies; everything else stays what it is. */
function followingPhase(phase: ItemProgress['phase']): ItemProgress['phase'] {
  if (phase === 'read') return 'write';
  return phase === 'write' ? 'verify' : phase;
}

function failedItem(item: ItemProgress, event: Extract<Event, {type: 'call-failed'}>): ItemProgress {
  if (event.held === true) {
    return {...item, status: 'todo', attempt: item.attempt - 1, holds: (item.holds ?? 0) + 1};
  }
  const dueAt = event.retryAt ?? event.nextPollAt;
  return {
    ...item,
    status: dueAt === undefined ? 'todo' : 'waiting',
    ...(dueAt === undefined ? {} : {dueAt}),
    ...(event.nextPollAt === undefined ? {fault: event.fault} : {attempt: 0, polls: item.polls + 1}),
    ...(event.maxAttempts === undefined ? {} : {maxAttempts: event.maxAttempts}),
  };
}

function recordChange(
  state: RunState,
  call: RunState['calls'][number],
  event: Extract<Event, {type: 'call-succeeded'}>,
): RunState {
  if (call.effect !== 'change') return state;
  return changed(state, call, {at: event.at, target: call.item, operation: call.operation});
}

/** The state with a change more, and the picture before it where the item has one. */
export function changed(
  state: RunState,
  place: Place,
  change: {readonly at: number; readonly target: string; readonly operation: string},
): RunState {
  const item = laneAt(state, place)?.current?.items.find(({key}) => key === change.target);
  const made = {
    ...change,
    step: place.step,
    ...(place.region === undefined ? {} : {region: place.region}),
    ...(item?.before === undefined ? {} : {before: item.before}),
    ...(item?.request === undefined ? {} : {request: item.request}),
  };
  return {...state, changes: [...state.changes, made]};
}

function pollSeen(
  state: RunState,
  call: RunState['calls'][number],
  event: Extract<Event, {type: 'call-succeeded'}>,
): RunState {
  const column = columnOf(state, call.step);
  if (column === undefined || event.summary === undefined) return state;
  const cell = {text: event.summary, step: call.step, at: event.at};
  return inLane(state, call, (lane) => ({
    ...lane,
    cells: {...lane.cells, [column]: {...lane.cells[column], ...cell}},
  }));
}
