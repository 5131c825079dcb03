import type {Happening} from '../model/events.ts';
import type {CalendarAnswer} from '../model/ports.ts';
import type {RunState} from '../model/state.ts';

/** Returns the events of an answer about a change calendar. Credentials that have ended pause the run, as for any call. */
export function calendarHappenings(
  {paused}: RunState,
  calendar: string,
  answer: CalendarAnswer,
): readonly Happening[] {
  const told: Happening = {type: 'calendar-state', calendar, ...answer};
  const {fault} = answer;
  if (fault?.kind !== 'credentials' || paused !== undefined) return [told];
  return [told, {type: 'paused', why: 'credentials', fault}];
}
