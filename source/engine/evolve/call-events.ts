import {defined} from '../../data/defined.ts';
import type {Event, Place} from '../model/events.ts';
import {isUnanswered} from '../model/fault.ts';
import {itemIn} from './item-updates.ts';
import {columnOf, inItem, inLane, laneAt, laneWithItem, lookOf, without} from './lane-updates.ts';
import {oncePer} from '../persistent/memoize.ts';
import type {ChangeMade, ItemProgress, PendingCall, RunState} from '../model/state.ts';
import {workIn} from './active-steps.ts';

/** A call went out. */
export function callStarted(state: RunState, event: Extract<Event, {type: 'call-started'}>): RunState {
  const {call, step, item, phase, operation, effect, attempt, page, input, at} = event;
  const place = event.region === undefined ? {step} : {step, region: event.region};
  const calling = (progress: ItemProgress): ItemProgress => ({
    ...without(progress, 'dueAt'),
    status: 'calling',
    phase,
    attempt,
    page,
    ...(effect === 'change' ? {request: input, change: operation} : {}),
    ...(phase === 'write' ? {sent: attempt} : {}),
    ...(event.once === true ? {once: true} : {}),
  });
  const started = {call, ...place, item, phase, operation, effect, attempt, startedAt: at};
  return {
    ...inLane(state, place, (lane) => ({...laneWithItem(lane, step, item, calling), calls: lane.calls + 1})),
    lastCall: Math.max(state.lastCall, call),
    calls: [...callsWithout(state.calls, call), started],
  };
}

/** A call came back. */
export function callEnded(
  state: RunState,
  event: Extract<Event, {type: 'call-succeeded' | 'call-failed'}>,
): RunState {
  const call = state.calls.find((one) => one.call === event.call);
  if (call === undefined) return state;
  const {polls = 0, calls = 0} = event.unrecorded ?? {};
  const ended = inLane({...state, calls: callsWithout(state.calls, event.call)}, call, (lane) =>
    calls === 0 ? lane : {...lane, calls: lane.calls + calls},
  );
  if (event.type === 'call-failed') {
    const throttled = event.fault.kind === 'throttled' ? 1 : 0;
    return inLane(ended, call, (lane) => ({
      ...laneWithItem(lane, call.step, call.item, (item) => failedItem(item, event, call)),
      // An error that means “look again” is an answer.
      failedCalls: lane.failedCalls + (event.nextPollAt === undefined ? 1 : 0),
      throttledCalls: lane.throttledCalls + throttled,
    }));
  }
  // The read before another try leaves the try as it was.
  if (call.phase === 'recheck') return inItem(ended, call, call.item, (item) => ({...item, status: 'todo'}));
  const answered = inItem(ended, call, call.item, (item) => ({
    ...without(
      item,
      'fault',
      'maxAttempts',
      ...(call.effect === 'change' ? (['unsettled'] as const) : []),
      ...holdsOver(item),
      ...(event.changed === undefined ? [] : written),
    ),
    status: event.nextPollAt === undefined ? 'todo' : 'waiting',
    attempt: 0,
    page: event.more === true ? item.page + 1 : 1,
    // The pages of a list are one poll together.
    polls: item.polls + polls + (item.phase === 'poll' && event.more !== true ? 1 : 0),
    ...(event.nextPollAt === undefined ? {} : {dueAt: event.nextPollAt, polledAt: event.at}),
    ...(item.phase === 'read' && event.output !== undefined ? {before: event.output} : {}),
    ...(event.more === true || event.nextPollAt !== undefined ? {} : {phase: followingPhase(item.phase)}),
    ...settling(item, event),
    ...(call.effect === 'change' && item.phase === 'call' ? {made: true as const} : {}),
    ...(event.changed === undefined
      ? {}
      : {note: `${event.changed.join(', ')} was changed by another client`}),
  }));
  return event.summary === undefined ? recordChange(answered, call, event) : pollSeen(answered, call, event);
}

function callsWithout(calls: readonly PendingCall[], call: number): readonly PendingCall[] {
  const position = calls.findIndex((one) => one.call === call);
  return position < 0 ? calls : calls.toSpliced(position, 1);
}

/** The read that comes before a write that was held back is no sign that the write will get through. */
function holdsOver({phase, request}: ItemProgress): readonly 'holds'[] {
  return phase === 'read' && request !== undefined ? [] : ['holds'];
}

/** Facts about a tried write. None of them holds once another client changed the resource. */
const written = ['request', 'sent', 'settlingSince'] as const;

/** An `update` that was written, or is looked at again until it is as written. */
function settling(
  {phase, settlingSince}: ItemProgress,
  {at, nextPollAt}: Extract<Event, {type: 'call-succeeded'}>,
): Pick<ItemProgress, 'settlingSince'> {
  if (phase === 'write') return {settlingSince: at};
  const begins = nextPollAt !== undefined && phase !== 'poll' && settlingSince === undefined;
  return begins ? {settlingSince: at} : {};
}

/** An `update` reads, writes and verifies. All other actions keep their phase. */
function followingPhase(phase: ItemProgress['phase']): ItemProgress['phase'] {
  if (phase === 'read') return 'write';
  return phase === 'write' ? 'verify' : phase;
}

function failedItem(
  earlier: ItemProgress,
  event: Extract<Event, {type: 'call-failed'}>,
  {effect}: PendingCall,
): ItemProgress {
  if (earlier.phase === 'recheck') {
    if (event.held !== true) return {...earlier, status: 'todo'};
    return {...earlier, status: 'todo', phase: 'call', holds: (earlier.holds ?? 0) + 1};
  }
  const unanswered = effect === 'change' && isUnanswered(event.fault);
  const item: ItemProgress = unanswered ? {...earlier, unsettled: true} : earlier;
  if (event.held === true) {
    const again = beforeWrite({...item, attempt: item.attempt - 1});
    return {...again, status: 'todo', holds: (item.holds ?? 0) + 1};
  }
  const dueAt = event.retryAt ?? event.nextPollAt;
  return {
    ...beforeWrite(item),
    status: dueAt === undefined ? 'todo' : 'waiting',
    ...(dueAt === undefined ? {} : {dueAt}),
    ...(event.nextPollAt === undefined
      ? {fault: event.fault}
      : {attempt: 0, polls: item.polls + 1, polledAt: event.at}),
    ...(event.maxAttempts === undefined ? {} : {maxAttempts: event.maxAttempts}),
  };
}

/** A write of an `update` that has to be tried again starts with a read: time has passed since the last one. */
export function beforeWrite(item: ItemProgress): ItemProgress {
  return item.phase === 'write' ? {...item, phase: 'read', attempt: 0} : item;
}

function recordChange(
  state: RunState,
  call: PendingCall,
  event: Extract<Event, {type: 'call-succeeded'}>,
): RunState {
  if (call.effect !== 'change') return state;
  const {operation, item: target} = call;
  const output = event.output === undefined ? {} : {output: event.output};
  return changed(state, call, {at: event.at, target, operation, ...output});
}

/** The state with a change more, and the picture before it where the item has one. */
export function changed(
  state: RunState,
  place: Place,
  change: Pick<ChangeMade, 'at' | 'target' | 'operation' | 'output'>,
): RunState {
  const item = itemIn(workIn(laneAt(state, place), place.step)?.items, change.target);
  const made = {
    ...change,
    step: place.step,
    ...(place.region === undefined ? {} : {region: place.region}),
    ...(item?.before === undefined ? {} : {before: item.before}),
    ...(item?.request === undefined ? {} : {request: item.request}),
    ...(item === undefined || item.value === null ? {} : {value: item.value}),
    ...defined({detail: agreedDetails(state.confirmed).get(targetKey(place, change.target))}),
  };
  return {...state, changes: state.changes.append(made)};
}

/** What the operator agreed to, by change. */
const agreedDetails = oncePer(
  (confirmed: RunState['confirmed']): ReadonlyMap<string, string> =>
    new Map(
      Object.values(confirmed)
        .flat()
        .flatMap(({step, region, target, detail}) =>
          detail === undefined ? [] : [[targetKey({step, ...defined({region})}, target), detail] as const],
        ),
    ),
);

/** The place of a change, whatever its request: {@link changeKey} tells requests apart. */
function targetKey({step, region = ''}: Place, target: string): string {
  return `${step} ${region} ${target}`;
}

function pollSeen(
  state: RunState,
  call: PendingCall,
  event: Extract<Event, {type: 'call-succeeded'}>,
): RunState {
  const column = columnOf(state, call.step);
  if (column === undefined || event.summary === undefined) return state;
  const word = {text: event.summary, step: call.step, at: event.at};
  return inLane(state, call, (lane) => {
    const cell = {...word, ...lookOf(lane.cells[column])};
    return {...lane, cells: {...lane.cells, [column]: cell}};
  });
}
