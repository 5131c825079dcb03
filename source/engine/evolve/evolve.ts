import {byId} from '../../data/by-id.ts';
import type {Event, Place} from '../model/events.ts';
import {approved, asked} from './approval-events.ts';
import {callEnded, callStarted, changed} from './call-events.ts';
import {calendarTold, gateClosed, gateOpened, gateOverridden} from '../gates/gate-events.ts';
import {answered, hastened, resumed, retried} from './operator-events.ts';
import {batchEnded, endStep, itemFailed, stepFailed, stepSucceeded, wentBack} from './step-events.ts';
import {LaneMap} from '../model/lane-map.ts';
import {itemIn} from './item-updates.ts';
import {emptyLane, freshItem, inItem, inLane, laneAt, without} from './lane-updates.ts';
import {SharedList} from '../persistent/persistent-list.ts';
import type {ChangeMade, ItemProgress, RunState} from '../model/state.ts';
import {withBegun, workIn} from './active-steps.ts';
import {withLook} from './unlooked.ts';

/** The state before the first event. */
export const initialState: RunState = {
  steps: [],
  account: emptyLane,
  lanes: LaneMap.of([]),
  calls: [],
  lastCall: 0,
  confirmed: {},
  changes: SharedList.of<ChangeMade>([]),
  visits: {},
  round: 1,
  now: 0,
};

/** Applies events to a state, in order. */
export function evolveAll(state: RunState, events: readonly Event[]): RunState {
  return events.reduce(evolve, state);
}

/**
 * Applies an event to a state. Pure and total: an event that does not fit the state (a foreign or reordered journal)
 * changes only the time.
 */
export function evolve(state: RunState, event: Event): RunState {
  const next = {...state, now: Math.max(state.now, event.at)};
  switch (event.type) {
    case 'run-started':
      return {
        ...next,
        started: event,
        ...(event.policy === undefined ? {} : {policy: event.policy}),
        steps: event.steps,
        lanes: LaneMap.of(event.regions.map((region) => [region, {...emptyLane, region}])),
      };
    case 'step-started':
      return inLane(next, event, (lane) =>
        withBegun(next, lane, {
          step: event.step,
          startedAt: event.at,
          items: SharedList.of(event.items.map(freshItem)),
          ...(event.deadline === undefined ? {} : {deadline: event.deadline}),
          ...(event.batch === undefined ? {} : {batch: {...event.batch, at: 0}}),
        }),
      );
    case 'batch-ended':
      return batchEnded(next, event);
    case 'step-skipped':
      return endStep(
        answeredByError(next, event, failedIn(next, event)),
        event,
        {status: 'skipped', why: event.why, startedAt: event.at, endedAt: event.at},
        (lane) => withLook(next, lane, event.step, event.unlooked),
      );
    case 'call-started':
      return callStarted(next, event);
    case 'call-succeeded':
    case 'call-failed':
      return callEnded(next, event);
    case 'item-done':
      return inItem(
        seenOver(happened(answeredByError(next, event, itemAt(next, event)), event), event),
        event,
        event.item,
        (item) => ({
          ...without(item, 'dueAt', 'fault', 'request', 'change', 'unsettled'),
          status: 'done',
          output: event.output,
          ...(event.note === undefined ? {} : {note: event.note}),
          ...(event.notMade === undefined ? {} : {notMade: event.notMade}),
          ...(event.unlooked === undefined ? {} : {unlooked: event.unlooked}),
        }),
      );
    case 'item-failed':
      return itemFailed(next, event);
    case 'step-succeeded':
      return stepSucceeded(next, event);
    case 'step-failed':
      return stepFailed(next, event);
    case 'went-back':
      return wentBack(next, event);
    case 'region-found':
      return next.lanes.get(event.region) === undefined
        ? {...next, lanes: next.lanes.add(event.region, {...emptyLane, region: event.region})}
        : next;
    case 'asked':
      return asked(next, event.question);
    case 'approved':
      return approved(next, event);
    case 'answered':
      return answered(next, event);
    case 'interrupted':
      return {...next, interrupted: event.signal};
    case 'resumed':
      return resumed(next, event);
    case 'paused': {
      const {why, fault, at} = event;
      return {...next, paused: {why, at, ...(fault === undefined ? {} : {fault})}};
    }
    case 'continued':
      return without(next, 'paused');
    case 'hastened':
      return hastened(next, event);
    case 'retried':
      return retried(next, event);
    case 'waived':
      return inLane(next, event, (lane) => ({
        ...lane,
        waived: {by: event.by, at: event.at, ...(event.unlooked === true ? {unlooked: true} : {})},
      }));
    case 'gate-closed':
      return gateClosed(next, event);
    case 'calendar-state':
      return calendarTold(next, event);
    case 'gate-opened':
      return gateOpened(next, event);
    case 'gate-overridden':
      return gateOverridden(next, event);
    case 'run-ended':
      return {
        ...without(next, 'question', 'interrupted'),
        ended: {
          status: event.status,
          message: event.message,
          at: event.at,
          ...(event.result === undefined ? {} : {result: event.result}),
        },
        ...(event.status === 'planned' && next.question !== undefined ? {planned: next.question} : {}),
      };
    default:
      return next;
  }
}

/** Lanes up to which the end of one wait lets its siblings be looked at: an account has some 40 Regions. */
const mostSiblings = 100;

/** Notes the end of a wait, for the same wait of other items and Regions. */
function seenOver(state: RunState, {step, at}: Extract<Event, {type: 'item-done'}>): RunState {
  const waits = state.lanes.size <= mostSiblings && byId(state.steps, step)?.does === 'wait';
  return waits ? {...state, seenOver: {...state.seenOver, [step]: at}} : state;
}

/** An error that a look takes for its answer is no failure: the call that found nothing, for example, proves it. */
function answeredByError(state: RunState, place: Place, item: ItemProgress | undefined): RunState {
  const kind = item?.fault?.kind;
  if (kind === undefined || byId(state.steps, place.step)?.does === 'change') return state;
  // What was denied, or never answered, is still not known.
  if (!['not-found', 'exists', 'conflict', 'invalid', 'busy'].includes(kind)) return state;
  return inLane(state, place, (lane) => ({...lane, failedCalls: lane.failedCalls - 1}));
}

function itemAt(state: RunState, event: Extract<Event, {type: 'item-done'}>): ItemProgress | undefined {
  return itemIn(workIn(laneAt(state, event), event.step)?.items, event.item);
}

/** The item whose error a step was passed over for; none where an operator passed it over. */
function failedIn(state: RunState, event: Extract<Event, {type: 'step-skipped'}>): ItemProgress | undefined {
  if (event.by !== undefined) return undefined;
  return [...(workIn(laneAt(state, event), event.step)?.items ?? [])].find(({status}) => status === 'failed');
}

function happened(state: RunState, event: Extract<Event, {type: 'item-done'}>): RunState {
  if (event.happened === undefined) return state;
  return changed(state, event, {at: event.at, target: event.item, operation: event.happened});
}
