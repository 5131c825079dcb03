import type {Event} from '../model/events.ts';
import type {RunState} from '../model/state.ts';
import {without} from '../evolve/lane-updates.ts';
import {rewound, withPausesOf} from '../evolve/rewind.ts';

/** No change starts until a window or a calendar opens. */
export function gateClosed(state: RunState, event: Extract<Event, {type: 'gate-closed'}>): RunState {
  const {type: _, ...gate} = event;
  return {...state, gate};
}

/** A change calendar has been asked. */
export function calendarTold(state: RunState, event: Extract<Event, {type: 'calendar-state'}>): RunState {
  const {type: _, calendar, ...told} = event;
  return {...state, calendars: {...state.calendars, [calendar]: told}};
}

/** Changes may start again. What they rest on is looked at again first. */
export function gateOpened(
  state: RunState,
  {lookAgainFrom}: Extract<Event, {type: 'gate-opened'}>,
): RunState {
  const next: RunState = {...without(state, 'gate'), afterWindow: true};
  return lookAgainFrom === undefined ? next : withPausesOf(state, rewound(next, lookAgainFrom));
}

/** The operator does not wait: no window holds this run up any more. */
export function gateOverridden(
  state: RunState,
  {by, reason, at}: Extract<Event, {type: 'gate-overridden'}>,
): RunState {
  return {...without(state, 'gate'), overridden: {by, reason, at}};
}
