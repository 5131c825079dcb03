import type {Event, Item, Place, Usage} from './events.ts';
import type {Cell, ItemProgress, Lane, RunState, StepResult} from './state.ts';

const emptyLane: Lane = {next: 0, results: {}, cells: {}, usage: [], calls: 0, failedCalls: 0};

/** The state before the first event. */
export const initialState: RunState = {
  steps: [],
  account: emptyLane,
  lanes: {},
  calls: {},
  lastCall: 0,
  confirmed: {},
  changes: [],
  visits: {},
  round: 1,
  now: 0,
};

/**
 * What an event makes of a state. Pure, and total: an event that does not fit the state (a foreign or reordered
 * journal) changes nothing but the time.
 */
export function evolve(state: RunState, event: Event): RunState {
  const next = {...state, now: Math.max(state.now, event.at)};
  switch (event.type) {
    case 'run-started':
      return {
        ...next,
        started: event,
        steps: event.steps,
        lanes: Object.fromEntries(event.regions.map((region) => [region, {...emptyLane, region}])),
      };
    case 'step-started':
      return inLane(next, event, (lane) => ({
        ...lane,
        current: {
          step: event.step,
          startedAt: event.at,
          items: event.items.map(freshItem),
          ...(event.deadline === undefined ? {} : {deadline: event.deadline}),
        },
      }));
    case 'step-skipped':
      return endStep(next, event, {
        status: 'skipped',
        why: event.why,
        startedAt: event.at,
        endedAt: event.at,
      });
    case 'call-started':
      return callStarted(next, event);
    case 'call-succeeded':
    case 'call-failed':
      return callEnded(next, event);
    case 'item-done':
      return inItem(next, event, event.item, (item) => ({
        ...without(item, 'dueAt', 'fault', 'request'),
        status: 'done',
        output: event.output,
        ...(event.note === undefined ? {} : {note: event.note}),
      }));
    case 'item-failed':
      return itemFailed(next, event);
    case 'step-succeeded':
      return stepSucceeded(next, event);
    case 'step-failed':
      return stepFailed(next, event);
    case 'went-back':
      return wentBack(next, event);
    case 'asked':
      return {...next, question: event.question};
    case 'answered':
      return answered(next, event);
    case 'interrupted':
      return {...next, interrupted: event.signal};
    case 'run-ended':
      return {
        ...without(next, 'question', 'interrupted'),
        ended: {status: event.status, message: event.message, at: event.at},
      };
    default:
      return next;
  }
}

function freshItem({key, value}: Item): ItemProgress {
  return {key, value, status: 'todo', phase: 'call', attempt: 0, page: 1, polls: 0};
}

function without<T extends object, K extends keyof T>(value: T, ...keys: K[]): Omit<T, K> {
  const copy = {...value};
  for (const key of keys) delete copy[key];
  return copy;
}

function laneAt(state: RunState, place: Place): Lane | undefined {
  return place.region === undefined ? state.account : state.lanes[place.region];
}

function withLane(state: RunState, lane: Lane): RunState {
  if (lane.region === undefined) return {...state, account: lane};
  return {...state, lanes: {...state.lanes, [lane.region]: lane}};
}

function inLane(state: RunState, place: Place, change: (lane: Lane) => Lane): RunState {
  const lane = laneAt(state, place);
  return lane === undefined ? state : withLane(state, change(lane));
}

function inItem(
  state: RunState,
  place: Place,
  key: string,
  change: (item: ItemProgress) => ItemProgress,
): RunState {
  return inLane(state, place, (lane) => {
    if (lane.current?.step !== place.step) return lane;
    const items = lane.current.items.map((item) => (item.key === key ? change(item) : item));
    return {...lane, current: {...lane.current, items}};
  });
}

function callStarted(state: RunState, event: Extract<Event, {type: 'call-started'}>): RunState {
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

function callEnded(
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
    ...without(item, 'fault', 'maxAttempts'),
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
  const item = laneAt(state, call)?.current?.items.find(({key}) => key === call.item);
  const change = {
    at: event.at,
    step: call.step,
    ...(call.region === undefined ? {} : {region: call.region}),
    target: call.item,
    operation: call.operation,
    ...(item?.before === undefined ? {} : {before: item.before}),
  };
  return {...state, changes: [...state.changes, change]};
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

function columnOf(state: RunState, step: string): string | undefined {
  return state.steps.find(({id}) => id === step)?.column;
}

function endStep(state: RunState, place: Place, result: StepResult): RunState {
  const index = state.steps.findIndex(({id}) => id === place.step);
  if (index < 0) return state;
  return inLane(state, place, (lane) => ({
    ...without(lane, 'current'),
    next: result.status === 'failed' ? lane.next : index + 1,
    results: {...lane.results, [place.step]: result},
  }));
}

function stepSucceeded(state: RunState, event: Extract<Event, {type: 'step-succeeded'}>): RunState {
  const startedAt = laneAt(state, event)?.current?.startedAt ?? event.at;
  const ended = endStep(state, event, {
    status: 'succeeded',
    output: event.output,
    startedAt,
    endedAt: event.at,
    ...(event.summary === undefined ? {} : {summary: event.summary}),
  });
  const column = columnOf(state, event.step);
  if (column === undefined) return ended;
  const looked = event.inUse !== undefined;
  return inLane(ended, event, (lane) => {
    const cell: Cell = {
      ...lane.cells[column],
      text: event.summary ?? lane.cells[column]?.text ?? '',
      step: event.step,
      at: event.at,
      ...(event.inUse === undefined ? {} : {inUse: event.inUse}),
    };
    const cells = {...lane.cells, [column]: cell};
    const quiet = looked && Object.values(cells).every(({inUse}) => inUse === 0);
    return {...lane, cells, usage: quiet ? [] : lane.usage};
  });
}

function stepFailed(state: RunState, event: Extract<Event, {type: 'step-failed'}>): RunState {
  const startedAt = laneAt(state, event)?.current?.startedAt ?? event.at;
  const failed = endStep(state, event, {
    status: 'failed',
    fault: event.fault,
    startedAt,
    endedAt: event.at,
  });
  return inLane(failed, event, (lane) => ({...lane, fault: event.fault, faultStep: event.step}));
}

function itemFailed(state: RunState, event: Extract<Event, {type: 'item-failed'}>): RunState {
  const failed = inItem(state, event, event.item, (item) => ({
    ...without(item, 'dueAt'),
    status: 'failed',
    fault: event.fault,
    ...(event.usage === undefined ? {} : {usage: event.usage}),
  }));
  return event.usage === undefined ? failed : {...failed, lanes: usageByRegion(failed, event.usage)};
}

/** Each Region's lane with the resources that were named in it. */
function usageByRegion(state: RunState, usage: readonly Usage[]): RunState['lanes'] {
  const lanes = Object.entries(state.lanes).map(([region, lane]): [string, Lane] => [
    region,
    {...lane, usage: usage.filter((entry) => entry.region === region)},
  ]);
  return Object.fromEntries(lanes);
}

function wentBack(state: RunState, event: Extract<Event, {type: 'went-back'}>): RunState {
  const target = state.steps.findIndex(({id}) => id === event.to);
  if (target < 0) return state;
  const rewind = (lane: Lane): Lane => ({
    ...without(lane, 'current'),
    next: Math.min(lane.next, target),
    results: Object.fromEntries(
      Object.entries(lane.results).filter(([step]) => state.steps.findIndex(({id}) => id === step) < target),
    ),
  });
  const place = event.region === undefined ? event.step : `${event.step} ${event.region}`;
  const counted = {...state, visits: {...state.visits, [place]: event.visit}};
  if (event.region !== undefined) return inLane(counted, event, rewind);
  const lanes = Object.entries(state.lanes).map(([region, lane]): [string, Lane] => [region, rewind(lane)]);
  const {step: from, to, visit, maxVisits, resumeAt, fault, usage} = event;
  return {
    ...counted,
    round: state.round + 1,
    detour: {from, to, visit, maxVisits, resumeAt, fault, usage},
    account: rewind(state.account),
    lanes: Object.fromEntries(lanes),
  };
}

function answered(state: RunState, event: Extract<Event, {type: 'answered'}>): RunState {
  const asked = state.question;
  const open = without(state, 'question');
  if (!event.accepted || asked === undefined || asked.step !== event.step) return open;
  return {...open, confirmed: {...state.confirmed, [event.step]: asked.changes}};
}
