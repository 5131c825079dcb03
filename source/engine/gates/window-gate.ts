import {byId} from '../../data/by-id.ts';
import {worksOf} from '../evolve/active-steps.ts';
import {hasBegun, leadUpTo} from '../evolve/rewind.ts';
import {nothing, type Decision} from '../model/decision.ts';
import type {Lane, RunState} from '../model/state.ts';
import {allClosed, windowListsOf} from '../queries/change-window.ts';

/** Returns the decision that holds up a change while no window is open; undefined when it may start. */
export function heldByWindow(state: RunState, now: number): Decision | undefined {
  const lists = windowListsOf(state);
  if (lists.length === 0 || state.overridden !== undefined) return undefined;
  if (state.gate !== undefined) {
    const {until} = state.gate;
    return {...nothing, wakeAt: until, rest: {calls: false, until}};
  }
  const closed = allClosed(lists, now);
  return closed === undefined ? undefined : {...nothing, records: [{type: 'gate-closed', ...closed}]};
}

/** Returns the decision with one note of a closed window, however many lanes it holds up. */
export function closedOnce(decision: Decision): Decision {
  const first = decision.records.find(({type}) => type === 'gate-closed');
  if (first === undefined) return decision;
  const records = decision.records.filter((record) => record.type !== 'gate-closed' || record === first);
  return {...decision, records};
}

/** Returns the decision that lets changes go on once a window has opened; undefined before that. */
export function openingGate(state: RunState, now: number): Decision | undefined {
  if (state.gate === undefined || now < state.gate.until) return undefined;
  // What was known when it closed may have been less than what is known now.
  const still = allClosed(windowListsOf(state), now);
  if (still !== undefined) return {...nothing, records: [{type: 'gate-closed', ...still}]};
  // Answers that are under way belong to the looks that are about to be made again.
  if (state.calls.length > 0) return nothing;
  const again = lookAgainFrom(state);
  return {
    ...nothing,
    records: [{type: 'gate-opened', ...(again === undefined ? {} : {lookAgainFrom: again})}],
  };
}

/**
 * The first of the looks and questions that lead up to the earliest change that is held up. Undefined where none does, and
 * where a change has begun: its tries go on where they were.
 */
function lookAgainFrom(state: RunState): string | undefined {
  const {steps} = state;
  const lanes = [state.account, ...state.lanes];
  if (lanes.some((lane) => hasBegunChange(state, lane))) return undefined;
  const held = lanes.filter((lane) => worksOf(lane).length === 0 && steps[lane.next]?.does === 'change');
  const earliest = held.reduce((least, {next}) => Math.min(least, next), steps.length);
  return earliest < steps.length ? leadUpTo(state, earliest) : undefined;
}

function hasBegunChange({steps}: RunState, lane: Lane): boolean {
  return worksOf(lane).some((work) => byId(steps, work.step)?.does === 'change' && hasBegun(work));
}
