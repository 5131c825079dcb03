import type {Event} from './events.ts';
import {without} from './lanes.ts';
import type {RunState} from './state.ts';

/** The operator answered the open question. */
export function answered(state: RunState, event: Extract<Event, {type: 'answered'}>): RunState {
  const asked = state.question;
  const open = without(state, 'question');
  if (!event.accepted || asked === undefined || asked.step !== event.step) return open;
  return {...open, confirmed: {...state.confirmed, [event.step]: asked.changes}};
}
