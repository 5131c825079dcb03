import {byId} from '../../data/by-id.ts';
import {worksOf} from '../evolve/active-steps.ts';
import {hasBegun, leadUpTo} from '../evolve/rewind.ts';
import {nothing, type Decision} from '../model/decision.ts';
import type {Lane, RunState} from '../model/state.ts';
import {heldByCalendar} from '../queries/change-calendar.ts';
import {allClosed, windowListsOf, type Closed} from '../queries/change-window.ts';

/** Returns the decision that holds up a change while a window or a calendar is closed; undefined when it may start. */
export function heldByGate(state: RunState, now: number): Decision | undefined {
  const hold = holdOf(state, now);
  if (hold === undefined) return undefined;
  if ('ask' in hold) return {...nothing, calendars: hold.ask};
  const {again, ...closed} = hold;
  if (state.gate === undefined) return {...nothing, records: [{type: 'gate-closed', ...closed}]};
  return {...nothing, wakeAt: again, rest: {calls: false, until: again}};
}

/** A closed gate, and when it is looked at again (ms since the epoch). */
type Hold = Closed & {readonly calendar?: string; readonly again: number};

/** Returns the gate that holds up changes, or the calendars to ask first; undefined where none does. */
function holdOf(state: RunState, now: number): Hold | {readonly ask: readonly string[]} | undefined {
  const {gate, overridden} = state;
  if (overridden !== undefined) return undefined;
  // Nothing opens a window before its time.
  if (gate !== undefined && gate.calendar === undefined && now < gate.until)
    return {until: gate.until, again: gate.until};
  const closed = allClosed(windowListsOf(state), now);
  return closed === undefined ? heldByCalendar(state, now) : {...closed, again: closed.until};
}

/** Returns the decision with one note of a closed gate, however many lanes it holds up. */
export function closedOnce(decision: Decision): Decision {
  const first = decision.records.find(({type}) => type === 'gate-closed');
  if (first === undefined) return decision;
  const records = decision.records.filter((record) => record.type !== 'gate-closed' || record === first);
  return {...decision, records};
}

/** Returns the decision that lets changes go on once the gate has opened; undefined before that. */
export function openingGate(state: RunState, now: number): Decision | undefined {
  const {gate} = state;
  if (gate === undefined) return undefined;
  const hold = holdOf(state, now);
  if (hold !== undefined) {
    if ('ask' in hold) return undefined;
    const {again: _, ...closed} = hold;
    const {calendar = ''} = closed;
    // Where AWS does not say when it opens, there is no news in that it is still closed.
    const isOpenEnded = calendar !== '' && state.calendars?.[calendar]?.nextTransitionTime === undefined;
    const isSame = closed.calendar === gate.calendar && (isOpenEnded || closed.until === gate.until);
    return isSame ? undefined : {...nothing, records: [{type: 'gate-closed', ...closed}]};
  }
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
