import type {Event} from '../model/events.ts';
import type {RunState} from '../model/state.ts';
import {without} from '../evolve/lane-updates.ts';
import {rewound, withPausesOf} from '../evolve/rewind.ts';

/** No change starts until a window opens. */
export function gateClosed(
  state: RunState,
  {until, never, at}: Extract<Event, {type: 'gate-closed'}>,
): RunState {
  return {...state, gate: {until, at, ...(never === true ? {never} : {})}};
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
