import {indexById} from '../../data/by-id.ts';
import {defined} from '../../data/defined.ts';
import {afterAlongside, firstAlongside} from '../../runbook/language/parallel-steps.ts';
import type {Event, Place} from '../model/events.ts';
import type {Usage} from '../model/usage.ts';
import {columnOf, inItem, inLane, laneAt, lookOf, without} from './lane-updates.ts';
import {tryAgain} from './operator-events.ts';
import {rewoundLane, withLooksOnce, withoutConsents} from './rewind.ts';
import type {Cell, Lane, RunState, StepProgress, StepResult} from '../model/state.ts';
import {reachedBy, withWorks, workIn, worksOf} from './active-steps.ts';
import {withLook} from './unlooked.ts';

/** Marks a step as ended in a lane. `also` applies further changes to that lane. */
export function endStep(
  state: RunState,
  place: Place,
  result: StepResult,
  also: (lane: Lane) => Lane = (lane) => lane,
): RunState {
  const index = indexById(state.steps, place.step);
  if (index < 0) return state;
  return inLane(state, place, (lane) => {
    const failed = result.status === 'failed';
    const results = {...lane.results, [place.step]: result};
    // Finished items of a failed step stay finished; a retry continues from there.
    const works = failed ? worksOf(lane) : worksOf(lane).filter(({step}) => step !== place.step);
    return also({
      ...withWorks(lane.faultStep === place.step ? without(lane, 'fault', 'faultStep') : lane, works),
      // A look that was caught may fail, or be skipped, when its lane has gone on.
      next: failed ? lane.next : Math.max(lane.next, nextAfter(state, index, results)),
      results,
    });
  });
}

/** Returns the index of the step after one has ended. Parallel steps must all end first. */
function nextAfter({steps}: RunState, index: number, results: Lane['results']): number {
  const after = afterAlongside(steps, index);
  for (let at = firstAlongside(steps, index); at < after; at += 1) {
    if (results[steps[at]?.id ?? ''] === undefined) return at;
  }
  return after;
}

/** A step succeeded in a lane: its output is kept, and its column has a new word. */
export function stepSucceeded(state: RunState, event: Extract<Event, {type: 'step-succeeded'}>): RunState {
  const work = workIn(laneAt(state, event), event.step);
  const reached = work === undefined ? undefined : reachedBy(work);
  const changes = state.steps.some(({id, does}) => id === event.step && does === 'change');
  // Journals of 0.1.0 do not count.
  const count = event.count ?? (changes ? reached : event.inUse);
  const result: StepResult = {
    status: 'succeeded',
    output: event.output,
    startedAt: work?.startedAt ?? event.at,
    endedAt: event.at,
    ...(reached === undefined ? {} : {reached}),
    ...(event.summary === undefined ? {} : {summary: event.summary}),
    ...(event.found === undefined ? {} : {found: event.found}),
    ...(count === undefined ? {} : {count}),
  };
  const column = columnOf(state, event.step);
  const {detour} = state;
  const found = detour !== undefined && (event.inUse ?? 0) > 0;
  const known: RunState = found ? {...state, detour: {...detour, found: true}} : state;
  return endStep(known, event, result, (lane) => {
    // A change sees only what it changed.
    const sees = event.inUse !== undefined && !changes;
    const looked = withLook(known, lane, event.step, event.unlooked, sees);
    return column === undefined ? looked : wordIn(known, looked, column, event);
  });
}

/**
 * Returns the lane with a step's new result in its column. A use that AWS named ends only when every later check
 * found nothing. Half of the checks say nothing about the rest.
 */
function wordIn(
  state: RunState,
  lane: Lane,
  column: string,
  event: Extract<Event, {type: 'step-succeeded'}>,
): Lane {
  const earlier = lane.cells[column];
  // A step that says nothing leaves the word, and the number that it speaks of.
  const count = event.summary === undefined ? earlier?.count : event.count;
  const cell: Cell = {
    text: event.summary ?? earlier?.text ?? '',
    step: event.step,
    at: event.at,
    ...(count === undefined ? {} : {count}),
    ...lookOf(earlier),
    ...(event.inUse === undefined ? {} : {inUse: event.inUse, lookedAt: event.at}),
  };
  const cells = {...lane.cells, [column]: cell};
  const looked = state.steps.filter((step) => step.scope === 'region' && step.column !== undefined);
  const quiet =
    event.inUse !== undefined &&
    looked.every(({column: name = ''}) => {
      const {inUse, lookedAt = 0} = cells[name] ?? {};
      return inUse === 0 && lookedAt > (lane.usedAt ?? -1);
    });
  return {...lane, cells, usage: quiet ? [] : lane.usage};
}

/** A step failed in a lane: the lane stays where it is. */
export function stepFailed(state: RunState, event: Extract<Event, {type: 'step-failed'}>): RunState {
  const startedAt = workIn(laneAt(state, event), event.step)?.startedAt ?? event.at;
  const failed = endStep(state, event, {
    status: 'failed',
    fault: event.fault,
    startedAt,
    endedAt: event.at,
  });
  return inLane(failed, event, (lane) => ({...lane, fault: event.fault, faultStep: event.step}));
}

/** The next batch of a step is at hand, after its pause. */
export function batchEnded(state: RunState, event: Extract<Event, {type: 'batch-ended'}>): RunState {
  const {step, next, resumeAt} = event;
  return inLane(state, event, (lane) => {
    const works = worksOf(lane).map((work): StepProgress => {
      if (work.step !== step || work.batch === undefined) return work;
      return {...work, batch: {...without(work.batch, 'resumeAt'), at: next - 1, ...defined({resumeAt})}};
    });
    return withWorks(lane, works);
  });
}

/** Marks an item as failed. Resources that a deletion task named go to the rows of their Regions. */
export function itemFailed(state: RunState, event: Extract<Event, {type: 'item-failed'}>): RunState {
  const failed = inItem(state, event, event.item, (item) => ({
    ...without(item, 'dueAt'),
    status: 'failed',
    fault: event.fault,
    ...(event.usage === undefined ? {} : {usage: event.usage}),
  }));
  return event.usage === undefined
    ? failed
    : {...failed, lanes: usageByRegion(failed, event.usage, event.at)};
}

/** Returns each Region's lane with the resources named in it. AWS's word on a Region outranks its waiver. */
function usageByRegion(state: RunState, usage: readonly Usage[], at: number): RunState['lanes'] {
  return state.lanes.map((lane) => {
    const named = usage.filter(({region}) => region === lane.region);
    return named.length > 0
      ? {...without(lane, 'waived'), usage: named, usedAt: at}
      : {...lane, usage: named};
  });
}

/** A `catch` jumped back: every later step repeats. */
export function wentBack(state: RunState, event: Extract<Event, {type: 'went-back'}>): RunState {
  const target = indexById(state.steps, event.to);
  if (target < 0) return state;
  const rewind = (lane: Lane): Lane => rewoundLane(state, withLooksOnce(state, lane), target);
  const place = event.region === undefined ? event.step : `${event.step} ${event.region}`;
  const counted = {...state, visits: {...state.visits, [place]: event.visit}};
  if (event.region !== undefined)
    return inLane(counted, event, (lane) => ({...rewind(lane), resumeAt: event.resumeAt}));
  // A Region that AWS named is checked in the next round, even if it was stopped before.
  const rewindNamed = (lane: Lane): Lane => rewind(lane.usage.length > 0 ? tryAgain(lane) : lane);
  const {step: from, to, visit, maxVisits, resumeAt, before, fault, usage} = event;
  return {
    ...without(withoutConsents(counted, target), 'afterWindow'),
    round: state.round + 1,
    detour: {from, to, visit, maxVisits, resumeAt, fault, usage, ...(before === undefined ? {} : {before})},
    account: rewind(state.account),
    lanes: state.lanes.map(rewindNamed),
  };
}
